import assert from 'node:assert/strict'
import { seeded } from '../../bench/shapes.ts'
import { ACCESS_POLICIES } from '../../src/core/docket/policy.ts'
import { latestEnd, windowEnd } from '../../src/core/docket/window.ts'
import { instant } from '../../src/core/kernel/instant.ts'
import { Custodian } from '../../src/custodian/custodian.ts'
import { type Ground, ToldClock } from '../../src/custodian/keep/ground.ts'
import { ShutList } from '../../src/custodian/keep/shut-list.ts'
import { ClockWorld, type Lies, zoned } from './clock-world.ts'
import { PowerCut, PowerDisk } from './power-disk.ts'

const SECOND = 1000
const DAY = 86_400_000
const DOCKET = 'dkt_000000000000000000000001'
const POLICY = ACCESS_POLICIES[0]!
/** Around changes to and from summer time in the zone of the planned release: zone, year, month, day. */
const CHANGES = [
  ['America/New_York', 2026, 11, 1],
  ['America/New_York', 2027, 3, 14],
  ['Europe/London', 2026, 10, 25],
  ['Australia/Lord_Howe', 2026, 10, 4],
  ['Asia/Tokyo', 2027, 1, 1],
] as const

/** A key sealed to an identity, made once for all simulations: making them takes longer than simulating. */
export interface Kit {
  readonly identity: { readonly name: string; readonly bytes: Buffer }
  readonly sealed: string
}

export interface Tally {
  passed: number
  refused: number
  crashes: number
  restored: number
  latched: number
  damaged: number
  cut: number
}

/** What the simulation knows for certain, whatever the custodian thinks. */
interface Truth {
  ends: number
  /** The custodian was up and done with something when one of its clocks stood at the end or behind it. */
  sawEnd: boolean
  withdrawn: boolean
  erased: boolean
  /** False once a change was cut off half way: it may or may not stand, and a refusal may be right. */
  certain: boolean
  /** Nothing was ever put back or damaged. */
  pristine: boolean
}

/** Lives one docket's life with everything that can go wrong; throws where a call passes that must not, or one fails that must. */
export async function simulateDocket(seed: number, kit: Kit, tally: Tally): Promise<void> {
  const random = seeded(seed)
  const lies = (['none', 'one', 'one', 'both'] as const)[Math.floor(random() * 4)]!
  const life = new Life(seed, random, lies, kit, tally)
  await life.begin()
  const steps = 40 + Math.floor(random() * 60)
  for (let n = 0; n < steps; n++) await life.step()
}

class Life {
  readonly #seed: number
  readonly #random: () => number
  readonly #lies: Lies
  readonly #kit: Kit
  readonly #tally: Tally
  readonly #world: ClockWorld
  readonly #truth: Truth
  readonly #opens: number
  readonly #latest: number
  readonly #planned: number
  #days: number
  #old: Map<string, Buffer>[] = []
  #disk: PowerDisk
  #custodian: Custodian
  #toldAt = Number.NEGATIVE_INFINITY
  /** How far off the database's clock was when it was told. */
  #toldOff = 0
  #grant = ''
  /** The deciding clock as it must at least stand, with the true time then: in memory, and as far as it is surely on disk. */
  #floor: { readonly at: number; readonly now: number } | null = null
  #kept: { readonly at: number; readonly now: number } | null = null
  /** Calls under way: their numbers, and whether they were cut. */
  #open = new Map<number, { isCut: boolean }>()

  constructor(seed: number, random: () => number, lies: Lies, kit: Kit, tally: Tally) {
    this.#seed = seed
    this.#random = random
    this.#lies = lies
    this.#kit = kit
    this.#tally = tally
    const [zone, year, month, day] = CHANGES[Math.floor(random() * CHANGES.length)]!
    this.#planned = zoned(zone, year, month, day + this.#whole(3) - 1, this.#whole(24))
    this.#opens = this.#planned - this.#whole(40 * DAY)
    this.#days = 1 + this.#whole(30)
    this.#latest = latestEnd(instant(this.#opens), POLICY)
    this.#world = new ClockWorld(this.#opens - SECOND, lies, random)
    this.#truth = { ends: this.#end(), sawEnd: false, withdrawn: false, erased: false, certain: true, pristine: true }
    const files = new Map([[kit.identity.name, kit.identity.bytes]])
    this.#disk = new PowerDisk(random, files)
    this.#custodian = this.#start()
  }

  async begin(): Promise<void> {
    const endpoint = { api: 'openai-chat', base: 'https://models.example/v1', model: 'm', spki: null } as const
    await this.#custodian.answer({ n: 1, do: 'register', docket: DOCKET, endpoint, sealed: this.#kit.sealed })
    await this.#tell()
    const laid = await this.#window()
    assert.equal(laid, 'window', this.#say('the window is laid down'))
    const granted = await this.#custodian.answer({ n: 1, do: 'grant', docket: DOCKET, purpose: 'rns_1' })
    this.#grant = granted.did === 'granted' ? granted.grant : ''
    this.#world.now = this.#opens
  }

  async step(): Promise<void> {
    const dice = this.#random()
    try {
      if (this.#random() < 0.04) this.#disk.left = this.#whole(4)
      if (dice < 0.25) this.#pass(this.#stretch())
      else if (dice < 0.33) this.#world.jump()
      else if (dice < 0.36) this.#world.isDatabaseUp = !this.#world.isDatabaseUp
      else if (dice < 0.39) await this.#moveEnd()
      else if (dice < 0.405) await this.#shut()
      else if (dice < 0.41) await this.#erase()
      else if (dice < 0.45) this.#crash()
      else if (dice < 0.5) this.#finishOne()
      else if (dice < 0.55) this.#old.push(this.#disk.found(false))
      if (this.#random() < 0.8) await this.#tell()
      if (this.#random() < 0.5) this.#custodian.sweep()
      this.#call()
    } catch (error) {
      if (!(error instanceof PowerCut) && !this.#disk.isCut) throw error
    }
    if (this.#disk.isCut) this.#crash()
    else this.#look()
  }

  /** One call, and whether it may be as it turned out. */
  #call(): void {
    const docket = this.#custodian.find(DOCKET)
    const purpose = docket?.purposeOf(this.#grant) ?? null
    const code = docket === null || purpose === null ? 'grant.unknown' : docket.judge()
    if (this.#disk.isCut) return
    const { now, hostOff, databaseOff } = this.#world
    const { ends, sawEnd, withdrawn, erased, certain, pristine } = this.#truth
    if (code === null) {
      this.#tally.passed++
      assert.ok(!sawEnd, this.#say('a call passed after the end had been seen'))
      assert.ok(!withdrawn && !erased, this.#say('a call passed after withdrawal or erasure'))
      assert.ok(now >= this.#opens - DAY * 500 && now - this.#toldAt <= 30 * SECOND, this.#say('a call passed on stale news'))
      if (this.#floor !== null)
        assert.ok(this.#atLeast(this.#floor) < ends, this.#say('a call passed although the clock had come to the end'))
      if (this.#lies !== 'both') assert.ok(now < ends, this.#say(`a call passed ${now - ends} ms after the end`))
      const flight = { isCut: false }
      this.#raise()
      this.#open.set(
        docket!.begin(purpose!, () => (flight.isCut = true)),
        flight,
      )
      return
    }
    this.#tally.refused++
    this.#raise()
    const isHonest = this.#lies === 'none' && hostOff === 0 && databaseOff === 0
    const isDue = now >= this.#opens && now < ends && now - this.#toldAt <= 30 * SECOND && pristine && certain
    if (isHonest && isDue && !withdrawn && !erased) assert.fail(this.#say(`a call that may pass was refused: ${code}`))
  }

  /** After something was done with the machine up: what must be so. */
  #look(): void {
    const docket = this.#custodian.find(DOCKET)
    const { now, hostOff } = this.#world
    const told = this.#toldAt === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : this.#toldOff
    if (docket !== null && now + Math.max(hostOff, told) >= this.#truth.ends) {
      this.#custodian.sweep()
      if (!this.#disk.isCut) this.#truth.sawEnd = true
    }
    if (this.#truth.sawEnd || this.#truth.withdrawn)
      for (const [call, { isCut }] of this.#open) {
        assert.ok(isCut, this.#say(`call ${call} goes on after the end`))
        this.#tally.cut++
        this.#open.delete(call)
      }
  }

  #finishOne(): void {
    const [call] = this.#open.keys()
    if (call === undefined) return
    this.#open.delete(call)
    this.#custodian
      .find(DOCKET)
      ?.finish(call, 'call', { purpose: 'rns_1', status: 200 })
      .catch(() => {})
  }

  async #tell(): Promise<void> {
    if (!this.#world.isDatabaseUp) return
    await this.#custodian.answer({ n: 1, do: 'clock', database: this.#world.database })
    if (this.#disk.isCut) return
    this.#toldAt = this.#world.now
    this.#toldOff = this.#world.databaseOff
    this.#raise()
    if (this.#truth.ends > 0 && this.#grant !== '') this.#kept = this.#floor
  }

  /** Something was decided just now: from here on the clock may go forward only, as fast as time itself. */
  #raise(): void {
    const { now, hostOff } = this.#world
    const told = this.#toldAt === Number.NEGATIVE_INFINITY ? hostOff : this.#toldOff
    const seen = now + Math.max(hostOff, told)
    this.#floor = { at: Math.max(seen, this.#floor === null ? 0 : this.#atLeast(this.#floor)), now }
  }

  #atLeast(floor: { readonly at: number; readonly now: number }): number {
    return floor.at + this.#world.now - floor.now
  }

  async #window(): Promise<string> {
    const wish = { opens: this.#opens, ends: this.#end(), latest: this.#latest }
    return (await this.#custodian.answer({ n: 1, do: 'window', docket: DOCKET, ...wish })).did
  }

  /** The developer grants down time, or the planned release moves: the end is another one, never past the latest. */
  async #moveEnd(): Promise<void> {
    this.#days = 1 + this.#whole(30)
    const ends = this.#end()
    const before = this.#truth.ends
    // Until it is answered either end may be the one on disk.
    this.#truth.ends = Math.max(before, ends)
    const did = await this.#half(() => this.#window())
    if (!this.#disk.isCut) this.#truth.ends = did === 'window' ? ends : before
    if (did === 'window') this.#old = []
  }

  async #shut(): Promise<void> {
    const answer = await this.#half(() => this.#custodian.answer({ n: 1, do: 'shut', docket: DOCKET, why: 'withdrawn' }))
    if (answer.did === 'shut' && !this.#disk.isCut) this.#truth.withdrawn = true
  }

  async #erase(): Promise<void> {
    // The endpoint cannot be reached from here; the key is destroyed all the same.
    const docket = this.#custodian.find(DOCKET)
    if (docket === null) return
    await this.#half(() => {
      docket.shut('closing')
      docket.erase()
    })
    if (!this.#disk.isCut) this.#truth.erased = true
  }

  /** A change that may be cut off half way. */
  async #half<T>(change: () => T | Promise<T>): Promise<T> {
    const { certain } = this.#truth
    this.#truth.certain = false
    const done = await change()
    if (!this.#disk.isCut) this.#truth.certain = certain
    return done
  }

  /** The process is killed, or the machine; perhaps somebody puts older files back; then it starts again. */
  #crash(): void {
    this.#tally.crashes++
    const isPower = this.#random() < 0.5
    const files = this.#disk.found(isPower)
    if (isPower) this.#world.reboot()
    // In the same run of the machine the clock on disk goes on; after another start of it, it stands where it stood.
    const kept = this.#kept
    this.#floor = kept
    this.#pass(this.#random() < 0.5 ? this.#whole(5 * SECOND) : this.#stretch())
    if (this.#random() < 0.4) this.#world.jump()
    if (isPower && kept !== null) this.#floor = { at: kept.at, now: this.#world.now }
    if (this.#random() < 0.3) this.#putBack(files)
    this.#kept = this.#floor
    this.#disk = new PowerDisk(this.#random, files)
    this.#open = new Map()
    this.#toldAt = Number.NEGATIVE_INFINITY
    this.#custodian = this.#start()
    if (this.#custodian.find(DOCKET)?.log.damage != null) {
      this.#tally.damaged++
      assert.ok(!this.#truth.pristine, this.#say(`a docket is damaged by itself: ${this.#custodian.find(DOCKET)?.log.damage}`))
    }
  }

  /** An older state of some files, though never of all places where a latch stands: that is outside what can be noticed. */
  #putBack(files: Map<string, Buffer>): void {
    const old = this.#old[this.#whole(this.#old.length)]
    if (old === undefined) return
    const places = [`${DOCKET}.json`, `${DOCKET}.log`, 'shut.log', 'marks.json', `${DOCKET}.calls`]
    const stays = places[this.#whole(3)]
    const some = this.#random() < 0.5 ? 0 : 0.4
    for (const name of places) {
      if (name === stays || this.#random() < some) continue
      const bytes = old.get(name)
      if (bytes === undefined) files.delete(name)
      else files.set(name, bytes)
    }
    this.#truth.pristine = false
    this.#floor = null
    this.#tally.restored++
  }

  #start(): Custodian {
    const random = (length: number) => new Uint8Array(length).map(() => this.#whole(256))
    const gather = (work: () => void) => work()
    const disk = this.#disk
    const ground: Ground = {
      disk,
      clocks: this.#world.clocks,
      told: new ToldClock(),
      random,
      shut: new ShutList(disk),
      gather,
      tell: (event) => {
        if (event.event === 'entry' && event.entry.what === 'latched') this.#tally.latched++
      },
    }
    return new Custodian(ground, 'process-only', false)
  }

  #end(): number {
    const planned = { at: instant(this.#planned), zone: 'UTC' }
    return windowEnd({ opensAt: instant(this.#opens), days: this.#days, granted: 0, planned }, POLICY)
  }

  /** How long nothing happens: mostly moments, sometimes days, often to the very end. */
  #stretch(): number {
    const left = this.#truth.ends - this.#world.now
    const dice = this.#random()
    if (dice < 0.3 && left > 0) return left + [-1, 0, 1, SECOND][this.#whole(4)]!
    if (dice < 0.7) return this.#whole(20 * SECOND)
    return this.#whole(dice < 0.9 ? DAY / 4 : 4 * DAY)
  }

  #pass(milliseconds: number): void {
    this.#world.now += Math.max(0, milliseconds)
  }

  #whole(below: number): number {
    return Math.floor(this.#random() * below)
  }

  #say(what: string): string {
    return `seed ${this.#seed}, clocks that lie: ${this.#lies}: ${what}`
  }
}
