import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Logger } from 'pino'
import { CUSTODIAN_ENTRY, type CustodyAnswer, type CustodyEvent, type CustodyRequest } from '../../contract/custody.ts'
import { readLines } from './read-lines.ts'
import { tellClock } from './tell-clock.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 30_000
/** One that ran this long had started well: the next wait is short again. */
const STARTED_WELL_MS = 60_000
const FAREWELL_MS = 5000
const ANSWER_MS = 20_000
/** A probe and the last question put questions of their own to the endpoint. */
const ASKING_MS = 20 * 60_000

export interface CustodyPlace {
  /** The custodian's own folder, outside what is backed up. */
  readonly folder: string
  /** The account it gives itself when this process is root; null: none. */
  readonly uid: number | null
  readonly privateEndpoints: boolean
  /** The database's clock, epoch milliseconds. */
  readonly databaseNow: () => Promise<number>
  readonly log: Logger
  /**
   * Every event as it comes. After a `ready` whoever knows of windows shut since says so again; until that has resolved the
   * custodian is not told the database's clock, so that it lets no call pass.
   */
  readonly hear: (event: CustodyEvent) => void | Promise<void>
}

/** A request without its number. */
export type Asking = CustodyRequest extends infer R ? (R extends CustodyRequest ? Omit<R, 'n'> : never) : never
export type Ready = Extract<CustodyEvent, { event: 'ready' }>
interface Waiting {
  readonly done: (answer: CustodyAnswer) => void
  readonly failed: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** There is no custodian at the moment, or it ended before it answered; what was asked may or may not have been done. */
export class CustodyUnavailable extends Error {
  override readonly name = 'CustodyUnavailable'
}

/** The custodian's process as the server has it: started, spoken to, told the database's clock, started again when it ends. */
export class Custody {
  readonly #place: CustodyPlace
  readonly #waiting = new Map<number, Waiting>()
  #child: ChildProcess | null = null
  #ready: Ready | null = null
  #again: NodeJS.Timeout | null = null
  #wait = FIRST_WAIT_MS
  #stopped = false
  #next = 1
  #tellTime: () => void = () => {}
  /** Whether the custodian that runs now has been told again what it must know. */
  #isTold = false
  #lastWords: { readonly say: string; readonly mend: string | null } | null = null

  constructor(place: CustodyPlace) {
    this.#place = place
  }

  /** Where calls go and how the custodian stands apart; null while there is none. */
  get ready(): Ready | null {
    return this.#ready
  }

  /** Why there is none, as far as it said so itself. */
  get lack(): { readonly say: string; readonly mend: string | null } | null {
    return this.#ready === null ? this.#lastWords : null
  }

  /** The address below which a docket's calls go; null while there is no custodian. */
  callBase(docket: string): string | null {
    return this.#ready === null ? null : `http://127.0.0.1:${this.#ready.port}/${docket}`
  }

  start(): void {
    if (this.#stopped || this.#child !== null || this.#again !== null) return
    const { folder, uid, privateEndpoints } = this.#place
    const from = performance.now()
    const words = ['--folder', folder, ...(uid === null ? [] : ['--uid', String(uid)])]
    if (privateEndpoints) words.push('--private-endpoints')
    const entry = resolve(ROOT, CUSTODIAN_ENTRY)
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...words], {
      cwd: ROOT,
      env: environment(),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#child = child
    child.on('error', (error) => this.#place.log.error({ error: error.name }, 'the custodian could not be started'))
    child.stdin?.on('error', () => {})
    readLines(child.stdout!, (line) => this.#take(line))
    const clock = tellClock(this.#place.databaseNow, (database) => {
      if (this.#ready !== null && this.#isTold) this.ask({ do: 'clock', database }).catch(() => {})
    })
    child.once('close', (code, signal) => {
      clock.stop()
      this.#ended(code, signal, performance.now() - from)
    })
    this.#tellTime = clock.now
  }

  /** Puts one request; rejects with `CustodyUnavailable` where no answer comes. */
  ask(asking: Asking): Promise<CustodyAnswer> {
    const child = this.#child
    if (child === null || this.#ready === null)
      return Promise.reject(new CustodyUnavailable('The custodian is not running at the moment.'))
    const n = this.#next++
    const slow = asking.do === 'probe' || asking.do === 'erase'
    return new Promise((done, failed) => {
      const timer = setTimeout(() => this.#settle(n, null), slow ? ASKING_MS : ANSWER_MS)
      timer.unref()
      this.#waiting.set(n, { done, failed, timer })
      child.stdin?.write(`${JSON.stringify({ n, ...asking })}\n`)
    })
  }

  /** The number of its process, for whoever watches the machine; null while there is none. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** Ends the custodian in order. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#again !== null) clearTimeout(this.#again)
    const child = this.#child
    if (child === null) return
    const gone = new Promise<void>((done) => child.once('close', () => done()))
    child.stdin?.end()
    const cut = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS)
    await gone
    clearTimeout(cut)
  }

  #take(line: CustodyAnswer | CustodyEvent): void {
    if ('n' in line) {
      this.#settle(line.n, line)
      return
    }
    if (line.event === 'ready') {
      this.#ready = line
      this.#lastWords = null
      void this.#begin(line)
      return
    }
    if (line.event === 'failed') {
      this.#lastWords = { say: line.say, mend: line.mend }
      this.#place.log.error({ say: line.say }, 'the custodian tells of a failure')
    }
    void this.#place.hear(line)
  }

  async #begin(ready: Ready): Promise<void> {
    try {
      await this.#place.hear(ready)
    } catch (error) {
      this.#place.log.error({ error: (error as Error).name }, 'the custodian could not be told of the dockets')
      return
    }
    // It may have ended meanwhile, and another one waits for its own telling.
    if (this.#ready !== ready) return
    this.#isTold = true
    this.#tellTime()
  }

  #settle(n: number, answer: CustodyAnswer | null): void {
    const waiting = this.#waiting.get(n)
    if (waiting === undefined) return
    this.#waiting.delete(n)
    clearTimeout(waiting.timer)
    if (answer !== null) waiting.done(answer)
    else waiting.failed(new CustodyUnavailable('The custodian ended or fell silent before it answered.'))
  }

  #ended(code: number | null, signal: string | null, ran: number): void {
    this.#child = null
    this.#ready = null
    this.#isTold = false
    for (const n of [...this.#waiting.keys()]) this.#settle(n, null)
    if (this.#stopped) return
    this.#place.log.warn({ code, signal }, 'the custodian ended; it is started again')
    if (ran > STARTED_WELL_MS) this.#wait = FIRST_WAIT_MS
    this.#again = setTimeout(() => {
      this.#again = null
      this.start()
    }, this.#wait)
    this.#again.unref()
    this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2)
  }
}

/** Nothing of the server's own environment but what finds programs and certificates of one's own authority. */
function environment(): Record<string, string> {
  const kept = ['PATH', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8' }
}
