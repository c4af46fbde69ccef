import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type LocalJob, RUNNER_ENTRY, type RunnerLine } from '../../contract/runner.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { Lines } from '../http/lines.ts'
import { ROOT } from '../root.ts'
import { inert } from '../text/inert.ts'

const EVENTS = new Set(['tiers', 'progress', 'done', 'replayed', 'packed', 'leased', 'ended', 'ready', 'failed'])
// The last line carries an outcome and its statement.
const LONGEST_LINE = 256 << 20
const KEPT_WORDS = 2000
// A runner ends within this of being asked to; its sandboxes end with it in any case.
const GRACE_MS = 10_000
/** What a runner needs of our environment: where programs are, and which repositories the person named. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'WEIR_MIRRORS']
/** And what one that leases shows its server. */
const TOKEN = 'WEIR_RUNNER_TOKEN'

/** A line of the runner's standard output; null when it is not one of the protocol's. */
export function readRunnerLine(text: string): RunnerLine | null {
  try {
    const value = JSON.parse(text) as { event?: unknown } | null
    return typeof value?.event === 'string' && EVENTS.has(value.event) ? (value as RunnerLine) : null
  } catch {
    return null
  }
}

/**
 * Runs the runner's process to its end and hands over each of its lines. `job` goes to its standard input, which stays open: its
 * end, when we are killed, ends the runner. Throws Stop with the runner's reason, or 130 when `signal` ended it.
 */
export async function runRunner(
  words: readonly string[],
  job: LocalJob | null,
  take: (line: RunnerLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const passed = job === null ? [...PASSED_ON, TOKEN] : PASSED_ON
  const env = Object.fromEntries(passed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  // A group of its own: a Ctrl-C reaches it through us, once.
  const child = spawn(process.execPath, [...process.execArgv, join(ROOT, RUNNER_ENTRY), ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env,
  })
  child.stdin.on('error', () => {})
  if (job !== null) child.stdin.write(`${JSON.stringify(job)}\n`)
  const stop = () => {
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref()
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-KEPT_WORDS)
  })
  let failed: Extract<RunnerLine, { event: 'failed' }> | null = null
  const how = await linesUntilEnd(child, (line) => {
    if (line.event === 'failed') failed = line
    else take(line)
  })
  signal.removeEventListener('abort', stop)
  if (signal.aborted) throw new Stop(EXIT.stopped, 'Stopped. Every sandbox is gone.')
  if (failed !== null) throw stopOf(failed)
  if (how !== null)
    throw new Stop(EXIT.unavailable, `The runner ended (${how}).`, said === '' ? null : inert(`It said: ${said.trim()}`, 1000))
}

/** Hands over the lines of a process; null when it ended well, else how. */
function linesUntilEnd(child: ChildProcess, take: (line: RunnerLine) => void): Promise<string | null> {
  const lines = new Lines(LONGEST_LINE)
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      try {
        for (const text of lines.push(chunk)) {
          const line = readRunnerLine(text)
          if (line !== null) take(line)
        }
      } catch (error) {
        child.kill('SIGKILL')
        reject(error)
      }
    })
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(code === 0 ? null : (signal ?? `exit code ${code}`)))
  })
}

/** The exit code of a runner's reason, by its noun: a file of the person's is bad input, a sandbox that is not there is unavailable. */
function stopOf({ code, say, where, mend }: Extract<RunnerLine, { event: 'failed' }>): Stop {
  const noun = code.split('.', 1)[0] ?? ''
  const exit: Exit =
    code === 'job.stopped'
      ? EXIT.stopped
      : code === 'runner.refused'
        ? EXIT.refused
        : noun === 'sandbox' || noun === 'runner'
          ? EXIT.unavailable
          : EXIT.badInput
  const at = where === null ? '' : `${inert(where)}: `
  return new Stop(exit, `${at}${inert(say, 2000)}`, mend === null ? null : inert(mend, 1000))
}
