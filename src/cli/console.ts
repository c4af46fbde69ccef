import { type Ink, inkFor } from './text/ink.ts'

/** Where a command writes: results on standard output, everything about how it goes on standard error. */
export interface Console {
  readonly out: (line: string) => void
  readonly tell: (line: string) => void
  readonly ink: Ink
  /** Ink for standard error. */
  readonly tellInk: Ink
}

/** The console of this process. A reader that went away (`| head`) ends the command quietly. */
export function openConsole(): Console {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
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
