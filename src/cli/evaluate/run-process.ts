import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { AttemptLine, AttemptsJob } from '../../contract/attempts.ts'
import { RUNNER_ENTRY } from '../../contract/runner.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { Lines } from '../http/lines.ts'
import { ROOT } from '../root.ts'
import { inert } from '../text/inert.ts'

const EVENTS = new Set(['ready', 'unsolved-reference', 'transcript', 'attempt', 'progress', 'done', 'failed'])
/** A piece of a transcript: some results of tools, each escaped. */
const LONGEST_LINE = 256 << 20
const KEPT_WORDS = 2000
const GRACE_MS = 10_000
/** Nothing else of our environment reaches the runner: no key, no address, no headers. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TMPDIR']

/** A line of the runner's standard output; null where it is none of the protocol's. */
export function readAttemptLine(text: string): AttemptLine | null {
  try {
    const value = JSON.parse(text) as { event?: unknown } | null
    return typeof value?.event === 'string' && EVENTS.has(value.event) ? (value as AttemptLine) : null
  } catch {
    return null
  }
}

/**
 * Runs the runner on one job and hands over each of its lines. When `signal` stops it, the end of its standard input ends it in order;
 * its last lines still come. Throws Stop with the runner's reason where it failed.
 */
export async function runAttemptsProcess(
  state: string,
  job: AttemptsJob,
  take: (line: AttemptLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const env = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  const words = [...process.execArgv, join(ROOT, RUNNER_ENTRY), 'attempts', '--state', state]
  // A group of its own: a Ctrl-C reaches it through us, once.
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env })
  child.stdin.on('error', () => {})
  child.stdin.write(`${JSON.stringify(job)}\n`)
  const stop = () => {
    child.stdin.end()
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref()
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-KEPT_WORDS)
  })
  const lines = new Lines(LONGEST_LINE)
  let failed: Extract<AttemptLine, { event: 'failed' }> | null = null
  const how = await new Promise<string | null>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        for (const text of lines.push(chunk)) {
          const line = readAttemptLine(text)
          if (line?.event === 'failed') failed = line
          else if (line !== null) take(line)
        }
      } catch (error) {
        child.kill('SIGKILL')
        reject(error)
      }
    })
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, killed) => resolve(code === 0 ? null : (killed ?? `exit code ${code}`)))
  })
  signal.removeEventListener('abort', stop)
  if (signal.aborted) return
  if (failed !== null) throw stopOf(failed)
  if (how !== null)
    throw new Stop(EXIT.unavailable, `The runner ended (${how}).`, said === '' ? null : inert(`It said: ${said.trim()}`, 1000))
}

function stopOf({ code, say, mend }: Extract<AttemptLine, { event: 'failed' }>): Stop {
  const noun = code.split('.', 1)[0] ?? ''
  const exit: Exit = noun === 'sandbox' || noun === 'runner' ? EXIT.unavailable : EXIT.badInput
  return new Stop(exit, inert(say, 2000), mend === null ? null : inert(mend, 1000))
}
