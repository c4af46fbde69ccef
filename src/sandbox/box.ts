import { linkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecEnd, ExecResult, ExecSpec } from '../core/sandbox/contract.ts'
import type { Limits } from '../core/sandbox/limits.ts'
import type { TierFacts } from '../core/sandbox/tier.ts'
import { Drain, Kept, type Sink } from './drain.ts'
import { ABSENT_PROGRAM, execScript, readRecord, type Told } from './exec-script.ts'
import { Refused } from './refused.ts'
import { makeFifos, NO_BYTES, PREPARED } from './stream-folders.ts'
import type { InnerProcess, StartSpec, TierImplementation } from './tiers/implementation.ts'

/** What an exec is given for its streams. */
export interface Streams {
  /** A file whose bytes are its standard input; null for none. It is linked, and stays the caller's. */
  readonly stdin: string | null
  /** Where standard output goes instead of being kept. */
  readonly stdout?: Sink
}

export interface Executed {
  readonly result: ExecResult
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
}

/** What a pipe may hold when its writer is done; a daemon may refill it while it is emptied. */
const PIPE_BYTES = 1 << 20

/** An open sandbox: one exec after the other, until it is closed or something ends it. */
export class Box {
  readonly tier: TierFacts
  readonly openMs: number
  readonly limits: Limits
  readonly #inner: InnerProcess
  readonly #io: string
  #count = 0
  #turn: Promise<unknown> = Promise.resolve()
  #over: 'open' | 'closing' | 'gone' = 'open'
  #record: ((told: Told) => void) | null = null

  private constructor(tier: TierFacts, openMs: number, spec: StartSpec, inner: InnerProcess) {
    this.tier = tier
    this.openMs = openMs
    this.limits = spec.limits
    this.#io = spec.io
    this.#inner = inner
    inner.onRecord((record) => this.#record?.(readRecord(record)))
    void inner.ended.then(() => {
      if (this.#over === 'open') this.#over = 'gone'
      this.#record?.({ what: 'lost' })
    })
  }

  /** Starts a sandbox whose streams live in the prepared folder `io`, which is removed at the end. */
  static async open(implementation: TierImplementation, spec: StartSpec): Promise<Box> {
    const began = performance.now()
    try {
      const inner = await implementation.start(spec)
      return new Box(implementation.facts, performance.now() - began, spec, inner)
    } catch (error) {
      rmSync(spec.io, { recursive: true, force: true })
      throw new Refused(
        'sandbox.failed',
        `the sandbox did not start: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  get isOpen(): boolean {
    return this.#over === 'open'
  }

  /** Runs a program after those asked before it. Throws a refusal where the sandbox is over or the folder is not there. */
  exec(spec: ExecSpec, streams: Streams): Promise<Executed> {
    const turn = this.#turn.then(() => this.#execNow(spec, streams))
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Kills everything inside and gives back what it took; a running exec ends as `closed`. */
  async close(): Promise<void> {
    if (this.#over === 'open') this.#over = 'closing'
    this.#inner.kill()
    await this.#inner.ended
    await this.#turn
    await this.#inner.release()
    rmSync(this.#io, { recursive: true, force: true })
  }

  async #execNow(spec: ExecSpec, streams: Streams): Promise<Executed> {
    if (this.#over !== 'open') throw new Refused('sandbox.not-open', 'the sandbox is not open any more')
    const number = String(this.#count++)
    if (this.#count > PREPARED) await makeFifos(this.#io, this.#count - 1)
    const path = (end: string) => join(this.#io, `${number}.${end}`)
    linkSync(streams.stdin ?? join(this.#io, NO_BYTES), path('in'))
    writeFileSync(path('sh'), execScript(number, spec), { mode: 0o640 })
    const kept = { out: new Kept(this.limits.outputBytes), err: new Kept(this.limits.outputBytes) }
    const drains = [new Drain(path('out'), streams.stdout ?? kept.out), new Drain(path('err'), kept.err)]
    const began = performance.now()
    this.#inner.begin()
    const end = await this.#wait(number, Math.min(spec.wallMs ?? this.limits.wallMs, this.limits.wallMs))
    const wallMs = performance.now() - began
    const peakBytes = this.#inner.peakBytes()
    for (const drain of drains) drain.finish(PIPE_BYTES)
    for (const name of ['in', 'sh', 'out', 'err']) rmSync(path(name), { force: true })
    if (end === null) throw new Refused('sandbox.failed', `there is no folder ${spec.cwd} inside`)
    const stdout = kept.out.bytes()
    const stderr = kept.err.bytes()
    const dropped = { stdout: kept.out.dropped, stderr: kept.err.dropped }
    return { result: { end, stdout: stdout.length, stderr: stderr.length, dropped, wallMs, peakBytes }, stdout, stderr }
  }

  /** Asks and waits for the end; null where the folder is not there. Whoever is not the program itself ends the whole sandbox. */
  async #wait(number: string, wallMs: number): Promise<ExecEnd | null> {
    let late = false
    const timer = setTimeout(() => {
      late = true
      this.#inner.kill()
    }, wallMs)
    const told = await new Promise<Told>((resolve) => {
      this.#record = resolve
      if (this.#over === 'gone') resolve({ what: 'lost' })
      this.#inner.ask(number)
    })
    this.#record = null
    clearTimeout(timer)
    if (told.what === 'lost') {
      this.#inner.kill()
      await this.#inner.ended
    }
    const held = this.#inner.held()
    if (held !== null) return { how: held }
    if (late) return { how: 'wall-time' }
    if (told.what === 'no-folder') return null
    if (told.what === 'no-program') return ABSENT_PROGRAM
    if (told.what === 'lost') return { how: this.#over === 'closing' ? 'closed' : 'lost' }
    if (told.signal === 'SIGXCPU' || (told.signal === 'SIGKILL' && told.cpuSeconds >= this.limits.cpuSeconds))
      return { how: 'cpu-time' }
    return told.signal === null
      ? { how: 'ended', exit: told.exit ?? 0, signal: null }
      : { how: 'ended', exit: null, signal: told.signal }
  }
}
