import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import type { AttemptLine, AttemptsJob } from '../../contract/attempts.ts'
import { RUNNER_ENTRY } from '../../contract/runner.ts'
import type { AttemptsEngine } from '../app/measurement/measurement-desk.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const EVENTS = new Set(['ready', 'unsolved-reference', 'transcript', 'attempt', 'progress', 'done', 'failed'])
const LONGEST_LINE = 256 << 20
const GRACE_MS = 15_000

/** Runs attempts in a process of the runner each. The endpoint's grant goes through its standard input and nowhere else. */
export class AttemptsProcess implements AttemptsEngine {
  readonly #state: string
  readonly #sealed: string
  readonly #log: Logger

  constructor(state: string, log: Logger) {
    this.#state = state
    this.#sealed = `${state}-sealed`
    this.#log = log
  }

  /** Deletes what a server that was killed left of sealed suites. */
  sweep(): void {
    rmSync(this.#sealed, { recursive: true, force: true })
  }

  async run(job: AttemptsJob, take: (line: AttemptLine) => Promise<void>, signal: AbortSignal, sealed: boolean): Promise<void> {
    if (signal.aborted) return
    const state = sealed ? join(this.#sealed, randomBytes(8).toString('hex')) : this.#state
    try {
      await this.#drive(state, job, take, signal)
    } finally {
      if (sealed) rmSync(state, { recursive: true, force: true })
    }
  }

  async #drive(
    state: string,
    job: AttemptsJob,
    take: (line: AttemptLine) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const words = ['--disable-warning=ExperimentalWarning', resolve(ROOT, RUNNER_ENTRY), 'attempts', '--state', state]
    const child = spawn(process.execPath, words, { cwd: ROOT, env: environment(), stdio: ['pipe', 'pipe', 'ignore'] })
    const ended = new Promise<void>((done) => {
      child.once('close', (code, killed) => {
        if (code !== 0) this.#log.warn({ code, killed }, 'the runner of attempts ended early')
        done()
      })
      child.once('error', (error) => {
        this.#log.error({ error: error.name }, 'the runner of attempts could not be started')
        done()
      })
    })
    child.stdin.on('error', () => {})
    child.stdin.write(`${JSON.stringify(job)}\n`)
    let cut: NodeJS.Timeout | null = null
    const stop = () => {
      child.stdin.end()
      cut = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    }
    signal.addEventListener('abort', stop, { once: true })
    try {
      // Line by line: while one is stored the pipe fills, and the runner waits.
      for await (const text of createInterface({ input: child.stdout })) {
        const line = text.length > LONGEST_LINE ? null : readLine(text)
        if (line !== null) await take(line)
      }
      await ended
    } finally {
      signal.removeEventListener('abort', stop)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
      if (cut !== null) clearTimeout(cut)
    }
  }
}

/** Nothing of the server's own environment but what finds programs. */
function environment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8' }
}

function readLine(text: string): AttemptLine | null {
  try {
    const line = JSON.parse(text) as AttemptLine | null
    return typeof line === 'object' && line !== null && EVENTS.has(line.event) ? line : null
  } catch {
    return null
  }
}
