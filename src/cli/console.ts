import { EXIT } from './exit.ts'
import { type Ink, inkFor } from './text/ink.ts'

/** Where a command writes: results on standard output, everything about how it goes on standard error. */
export interface Console {
  readonly out: (line: string) => void
  readonly tell: (line: string) => void
  readonly ink: Ink
  /** Ink for standard error. */
  readonly tellInk: Ink
}

/**
 * The console of this process. A reader that went away (`| head`) ends the command quietly; results that cannot be written (a full
 * disk) end it with a sentence and exit 2, for half of them must not look like an answer. What only tells how it goes may be lost.
 */
export function openConsole(): Console {
  process.stderr.on('error', () => {})
  process.stdout.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return
    process.stderr.write(`weir: standard output cannot be written (${code}).\n`)
    process.exit(EXIT.badInput)
  })
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
    ink: inkFor(process.stdout, process.env),
    tellInk: inkFor(process.stderr, process.env),
  }
}

/** Runs work that Ctrl-C may stop in order: the first one aborts the signal, and each later one calls `again`. */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  again: () => void = () => process.exit(130),
): Promise<T> {
  const stopper = new AbortController()
  const stop = () => (stopper.signal.aborted ? again() : stopper.abort())
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, stop)
  try {
    return await work(stopper.signal)
  } finally {
    for (const name of signals) process.off(name, stop)
  }
}
