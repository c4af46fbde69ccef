import { timingSafeEqual } from 'node:crypto'
import { type CallRefusal, type CustodyStatus, type Endpoint, STALE_MS } from '../../contract/custody.ts'
import { type Anchored, decidingNow, restoreMark } from '../../core/docket/custody-clock.ts'
import { type CustodyWindow, judgeCall, type Laid, type Latch, layWindow } from '../../core/docket/custody-window.ts'
import { DocketLog, type Facts } from './docket-log.ts'
import { type Ground, sha256Hex } from './ground.ts'
import type { loadMarks } from './marks.ts'
import { OpenCalls } from './open-calls.ts'
import { type Baseline, type DocketRecord, readRecord, type SealedKey, writeRecord } from './record.ts'
import { RefusalCount } from './refusal-count.ts'

type Marks = ReturnType<typeof loadMarks>

/** Ends a call under way at once; the reason goes into its entry. */
export type Cut = (why: CallRefusal) => void

/** One docket in custody: its record, its log, its clock, and whether a call may pass now. */
export class KeptDocket {
  readonly docket: string
  readonly log: DocketLog
  readonly #ground: Ground
  readonly #calls: OpenCalls
  readonly #cuts = new Map<number, Cut>()
  readonly #refusals = new RefusalCount()
  #record: DocketRecord
  #highest: Anchored | null = null
  #isThere = true
  #isChanged = false
  #isLatchKept = false
  #isLatchLogged = false

  constructor(ground: Ground, docket: string, marks: Marks) {
    this.#ground = ground
    this.docket = docket
    this.log = new DocketLog(ground, docket)
    this.#calls = new OpenCalls(ground.disk, `${docket}.calls`)
    this.#record = this.#load(marks)
    this.#mend()
  }

  get key(): SealedKey | null {
    return this.#record.key
  }
  get endpoint(): Endpoint | null {
    return this.#record.endpoint
  }
  get baseline(): Baseline | null {
    return this.#record.baseline
  }
  get latch(): Latch | null {
    return this.#record.latch
  }
  get isErased(): boolean {
    return this.#record.erased
  }

  /** Whether the key and the endpoint may still be given anew: not once the window has opened. */
  get isOpened(): boolean {
    return this.latch !== null || (this.#record.window !== null && this.now() >= this.#record.window.opens)
  }

  /** The clock that decides, epoch milliseconds. Once a window is laid down it never stands still nor runs backward. */
  now(): number {
    const reading = this.#ground.clocks.read()
    const now = decidingNow(reading, this.#ground.told.last, this.#highest)
    if (this.#record.window !== null) this.#highest = { at: now, mono: reading.mono }
    return now
  }

  /** Null when a call may pass now, else why not. Seeing the end for the first time latches, durably, before it answers. */
  judge(): CallRefusal | null {
    const now = this.now()
    const { clocks, told } = this.#ground
    const passing = judgeCall(this.#record.window, this.latch, now, told.isFresh(clocks.read(), STALE_MS))
    if (passing.pass) return this.log.damage === null && this.key !== null ? null : 'window.not-open'
    if (passing.latch) this.#shutAtEnd(now)
    return passing.code
  }

  #shutAtEnd(now: number): void {
    try {
      this.shut('end', now)
    } catch (error) {
      this.log.broke(`The latch could not be written (${(error as NodeJS.ErrnoException).code ?? 'failed'}).`)
    }
  }

  lay(wish: CustodyWindow): Laid {
    const now = this.now()
    const laid = layWindow(this.#record.window, this.latch, wish, now)
    if (!laid.ok) return laid
    this.#save({ ...this.#record, window: laid.window })
    this.log.add(this.now(), 'window', { note: `ends ${new Date(laid.window.ends).toISOString()}` })
    this.log.flush()
    if (laid.over) this.shut('end', now)
    return laid
  }

  /** Latches the window shut for ever and cuts what is under way. Throws what the disk says; nothing passes even so. */
  shut(why: Latch['why'], at = this.now()): void {
    // In memory first: whatever the disk says, this process lets nothing pass any more.
    const latch = this.latch ?? { at, why }
    this.#record = { ...this.#record, latch }
    for (const cut of [...this.#cuts.values()]) cut('window.ended')
    if (!this.#isLatchKept) this.#keepLatch(latch)
  }

  /** Puts a latch into its three places, each of which is enough to shut the window after a restart. */
  #keepLatch(latch: Latch): void {
    this.#ground.shut.addLatch(this.docket, latch)
    if (!this.#isLatchLogged) this.log.add(this.now(), 'latched', { note: latch.why })
    this.#isLatchLogged = true
    this.log.flush()
    this.#save({ ...this.#record, latch })
    this.#isLatchKept = true
  }

  /** Sets endpoint and key, or the key alone; the old key's file is destroyed once the new one counts. */
  register(endpoint: Endpoint, key: SealedKey, what: 'registered' | 'rotated'): void {
    const old = this.key
    this.#save({ ...this.#record, endpoint, key, baseline: what === 'rotated' ? this.baseline : null })
    this.log.add(this.now(), what)
    this.log.flush()
    if (old !== null && old.file !== key.file) this.#ground.disk.destroy(old.file, this.#ground.random)
  }

  setBaseline(baseline: Baseline): void {
    if (!this.isErased) this.#save({ ...this.#record, baseline })
  }

  /** A secret with which calls pass for that purpose; an earlier one for it ends. */
  grant(purpose: string): string {
    const secret = `wcg_${Buffer.from(this.#ground.random(32)).toString('base64url')}`
    this.#save({ ...this.#record, grants: new Map(this.#record.grants).set(purpose, sha256Hex(secret)) })
    return secret
  }

  get grants(): number {
    return this.#record.grants.size
  }

  endGrant(purpose: string): void {
    const grants = new Map(this.#record.grants)
    if (grants.delete(purpose)) this.#save({ ...this.#record, grants })
  }

  /** The purpose that a secret was granted for; null where it is none of this docket's. */
  purposeOf(secret: string): string | null {
    const hash = Buffer.from(sha256Hex(secret))
    let found: string | null = null
    for (const [purpose, known] of this.#record.grants) {
      const bytes = Buffer.from(known)
      if (bytes.length === hash.length && timingSafeEqual(bytes, hash)) found = purpose
    }
    return found
  }

  /** Writes down that a call begins, before the key is used; `cut` is called when the window shuts meanwhile. */
  begin(purpose: string, cut: Cut): number {
    const call = this.#calls.begin(purpose)
    this.#cuts.set(call, cut)
    return call
  }

  /** Puts a finished call into the log; its answer may be completed once this resolves to true. */
  async finish(call: number, what: 'call' | 'cut', facts: Facts): Promise<boolean> {
    this.#cuts.delete(call)
    this.log.add(this.now(), what, facts)
    const kept = await this.log.settled()
    if (kept) this.#calls.end(call)
    return kept
  }

  refused(purpose: string | null, code: CallRefusal): void {
    if (!this.#refusals.isFirst(purpose, code, this.#ground.clocks.read().mono)) return
    this.log.add(this.now(), 'refused', { purpose, note: code })
    void this.log.settled()
  }

  /** Whether the custodian itself may use the key now: before the window as after its opening, never when it is shut. */
  mayProbe(): boolean {
    const code = this.judge()
    return this.key !== null && this.log.damage === null && (code === null || code === 'window.not-open')
  }

  /** Puts a finished probe into the log, and when the endpoint begins to answer as another build. */
  async probed(facts: Facts, changed: boolean): Promise<void> {
    this.log.add(this.now(), 'probe', facts)
    if (changed && !this.#isChanged) this.log.add(this.now(), 'build-changed', { note: facts.note ?? null })
    if (facts.note !== 'failed') this.#isChanged = changed
    await this.log.settled()
  }

  /** Tells the log when the endpoint goes away and when it is back. */
  reached(there: boolean): void {
    if (there === this.#isThere) return
    this.#isThere = there
    this.log.add(this.now(), there ? 'endpoint-up' : 'endpoint-down')
    void this.log.settled()
  }

  /** Looked at several times a second: sees the end without a call, and tells what gathered. */
  sweep(): void {
    for (const { purpose, note } of this.#refusals.due(this.#ground.clocks.read().mono))
      this.log.add(this.now(), 'refused', { purpose, note })
    this.judge()
    if (this.latch !== null && !this.#isLatchKept && this.log.damage === null) this.#shutAtEnd(this.now())
    this.log.flush()
  }

  /** Whether its deciding clock must be kept on disk: a window lies and is not shut. */
  get counts(): boolean {
    return this.#record.window !== null && this.latch === null
  }

  /** Forgets endpoint, key, grants and baseline for ever; the log stays. The files are destroyed by whoever calls. */
  erase(): void {
    this.#ground.shut.addErased(this.docket)
    const none = { key: null, endpoint: null, baseline: null, grants: new Map<string, string>() }
    this.#save({ ...this.#record, ...none, erased: true })
    this.log.add(this.now(), 'erased')
    this.log.flush()
  }

  status(): CustodyStatus {
    const { window, latch, erased, baseline, key } = this.#record
    const { entries } = this.log.file.kept
    const seen = { now: this.now(), entries, calls: this.log.calls, baseline: baseline?.fingerprint ?? null }
    return { registered: key !== null, erased, latched: latch, window, ...seen }
  }

  #save(record: DocketRecord): void {
    this.#record = { ...record, ...this.log.file.kept }
    this.#ground.disk.replace(`${this.docket}.json`, writeRecord(this.#record))
  }

  #load(marks: Marks): DocketRecord {
    const { disk, clocks, shut } = this.#ground
    const reading = clocks.read()
    const { loaded, kept } = this.log.file
    const { entries } = kept
    const bytes = disk.read(`${this.docket}.json`)
    const record = bytes === null ? null : readRecord(bytes, this.docket)
    const mark = marks.get(this.docket)
    if (shut.damage !== null) this.log.damage ??= shut.damage
    if (record === null && (bytes !== null || entries > 0)) this.log.damage ??= 'Its record is damaged.'
    if (entries < Math.max(record?.entries ?? 0, mark?.entries ?? 0)) this.log.damage ??= 'Its log is shorter than it was.'
    if (record !== null && record.entries > 0 && this.log.file.page(record.entries - 1, 1)[0]?.hash !== record.head)
      this.log.damage ??= 'Its log is not the one that its record tells of.'
    if (mark !== undefined) this.#highest = restoreMark(mark, clocks.boot, reading)
    // The mark may have gone on counting since: where it stands now is what the log's last instant is held against.
    const marked = this.#highest === null ? 0 : this.#highest.at + reading.mono - this.#highest.mono
    if (loaded.highest !== null && loaded.highest > marked) this.#highest = { at: loaded.highest, mono: reading.mono }
    const logged = loaded.latched
    const why = logged?.note === 'withdrawn' || logged?.note === 'closing' ? logged.note : 'end'
    const latch = record?.latch ?? shut.latch(this.docket) ?? (logged === null ? null : { at: logged.at, why })
    const erased = record?.erased === true || shut.isErased(this.docket) || loaded.erased
    const blank = { docket: this.docket, key: null, endpoint: null, window: null, grants: new Map(), baseline: null }
    return { ...blank, ...record, latch, erased, ...kept }
  }

  /** After a crash or an older state put back: what one place knows goes to the others; calls that were killed are told. */
  #mend(): void {
    const { disk, random, shut } = this.#ground
    this.#isLatchLogged = this.log.file.loaded.latched !== null
    if (this.latch !== null) this.#keepLatch(this.latch)
    if (this.isErased) {
      if (this.key !== null || this.endpoint !== null) this.erase()
      shut.addErased(this.docket)
    }
    for (const name of this.log.damage === null || this.isErased ? disk.names() : [])
      if (name.startsWith(`${this.docket}.key-`) && name !== this.key?.file) disk.destroy(name, random)
    for (const purpose of this.#calls.left) this.log.add(this.now(), 'cut', { purpose, note: 'custodian-ended' })
    if (this.#calls.left.length > 0 && this.log.flush()) this.#calls.empty()
  }
}
