import { type ChildProcess, spawn } from 'node:child_process'
import { timingSafeEqual } from 'node:crypto'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import { RUNNER_ENTRY, type RunnerLine } from '../../contract/runner.ts'
import type { Principal } from '../../core/access/principal.ts'
import type { Random } from '../../core/kernel/id.ts'
import type { OwnRunner } from '../app/validation/validation-desk.ts'
import { newSecret } from '../identity/secret.ts'
import type { Config } from './config.ts'
import { runnerFolder } from './runner-folder.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** One that ran this long had started well: the next wait is short again. */
const STARTED_WELL_MS = 60_000
const FAREWELL_MS = 5000

const MACHINE: Principal = { kind: 'machine', person: null, organisation: null, roles: ['runner'], scopes: ['job:lease'] }

const OFF = {
  say: 'Nothing is run: this server’s own runner is switched off, and no other asked for work lately.',
  mend: 'Start the server without WEIR_RUNNER=off, or a runner elsewhere: weir runner --server URL.',
}

type Standing = { readonly say: string; readonly mend: string | null }

/**
 * This server's own runner: a process of its own that leases jobs as any other does. Its token lives in memory and in that process
 * only. It is started when somebody first wants something run, and again, ever later, when it ends by itself.
 */
export class LocalRunner implements OwnRunner {
  readonly #config: Config
  readonly #log: Logger
  readonly #secret: string
  #child: ChildProcess | null = null
  #again: NodeJS.Timeout | null = null
  #wait = FIRST_WAIT_MS
  #stopped = false
  #standing: Standing | null = null

  constructor(config: Config, random: Random, log: Logger) {
    this.#config = config
    this.#log = log
    this.#secret = newSecret('token', random)
  }

  /** The principal of this runner when `secret` is its token, else null. */
  recognise(secret: string): Principal | null {
    const [given, own] = [Buffer.from(secret), Buffer.from(this.#secret)]
    return given.length === own.length && timingSafeEqual(given, own) ? MACHINE : null
  }

  wake(): void {
    if (this.#stopped || !this.#config.validation.ownRunner || this.#child !== null || this.#again !== null) return
    this.#start()
  }

  says(): Standing | null {
    if (!this.#config.validation.ownRunner) return OFF
    return this.#standing
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#again !== null) clearTimeout(this.#again)
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((done) => child.once('exit', () => done()))
    child.kill('SIGTERM')
    const cut = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS)
    await gone
    clearTimeout(cut)
  }

  #start(): void {
    const { data, port } = this.#config
    const from = performance.now()
    this.#standing = { say: 'The runner is starting.', mend: null }
    const words = ['lease', '--server', `http://127.0.0.1:${port}`, '--state', runnerFolder(data), '--name', 'this server']
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', resolve(ROOT, RUNNER_ENTRY), ...words], {
      cwd: ROOT,
      env: environment(this.#secret),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#child = child
    child.on('error', (error) => this.#log.error({ error: error.name }, 'the runner could not be started'))
    child.stdin?.on('error', () => {})
    createInterface({ input: child.stdout! }).on('line', (line) => this.#hear(line))
    child.once('close', (code, signal) => {
      this.#child = null
      if (this.#stopped) return
      this.#log.warn({ code, signal }, 'the runner ended; it is started again')
      if (performance.now() - from > STARTED_WELL_MS) this.#wait = FIRST_WAIT_MS
      this.#again = setTimeout(() => {
        this.#again = null
        this.wake()
      }, this.#wait)
      this.#again.unref()
      this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2)
    })
  }

  /** What it tells: hostile only as far as a program that it ran could make it say something, so it is read as data. */
  #hear(text: string): void {
    const line = read(text)
    if (line === null) return
    if (line.event === 'tiers') {
      const lack = line.lacking[0]
      this.#standing =
        line.here.length > 0 || lack === undefined
          ? { say: 'The runner is starting.', mend: null }
          : { say: `Nothing is run: there is no sandbox here. ${lack.say}`, mend: lack.mend }
    } else if (line.event === 'ended' && line.how === 'done') {
      this.#wait = FIRST_WAIT_MS
    } else if (line.event === 'failed') {
      this.#standing = { say: `Nothing is run: the runner ended. ${line.say}`, mend: line.mend }
      this.#log.warn({ code: line.code }, 'the runner failed')
    }
  }
}

/** Nothing of the server's own environment but what finds programs: no database address, no secret. */
function environment(token: string): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'WEIR_MIRRORS'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8', WEIR_RUNNER_TOKEN: token }
}

function read(text: string): RunnerLine | null {
  try {
    const line = JSON.parse(text) as RunnerLine | null
    return typeof line === 'object' && line !== null && typeof line.event === 'string' ? line : null
  } catch {
    return null
  }
}
