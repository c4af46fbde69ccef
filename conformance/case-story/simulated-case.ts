import assert from 'node:assert/strict'
import { seeded } from '../../bench/shapes.ts'
import type { Case } from '../../src/core/cases/case.ts'
import { isBinding } from '../../src/core/cases/embargo-state.ts'
import { replayCase } from '../../src/core/cases/evolve.ts'
import { termsAsked } from '../../src/core/cases/roster.ts'
import type { Id } from '../../src/core/kernel/id.ts'
import { DAY, HOUR, type Instant, instant, SECOND } from '../../src/core/kernel/instant.ts'
import { WALKERS } from '../../src/devkit/case-commands.ts'
import { CASE_T0, CLEARINGHOUSE, caseAsker, ptp, sha } from '../../src/devkit/case-play.ts'
import { ClockWorld } from '../custody/clock-world.ts'
import { type CaseHouse, type Clocks, type Crash, Died, type Told } from './case-house.ts'
import { CaseTruth, timedEnd } from './case-truth.ts'
import { type Asked, beginning, tagged, walkCommand } from './walk-command.ts'

const CHAIR = caseAsker('chair')

/** What happened in all lives together; each must have happened often, else they show nothing. */
export interface CaseTally {
  taken: number
  refused: number
  crashes: number
  restarts: number
  jumps: number
  merges: number
  splits: number
  bound: number
  ended: number
  consents: number
  readers: number
}
export const emptyTally = (): CaseTally => ({
  taken: 0,
  refused: 0,
  crashes: 0,
  restarts: 0,
  jumps: 0,
  merges: 0,
  splits: 0,
  bound: 0,
  ended: 0,
  consents: 0,
  readers: 0,
})

export interface LifeOptions {
  readonly seed: number
  readonly steps: number
  /** How likely each of the eight is invited from the start. */
  readonly crowd: number
  /** Ids of this life's flaws and cases end in it. */
  readonly tag: string
  readonly house: (clocks: Clocks) => Promise<CaseHouse>
  readonly caseId: (name: string) => Id<'case'>
  /** Looks at what people are shown of these cases after a step. */
  readonly shown?: (cases: readonly Case[], random: () => number, label: string) => Promise<void>
}

/** One case's life, with those merged with it and split from it; throws where anything is as it must not be. */
export async function simulateCase(options: LifeOptions, tally: CaseTally): Promise<void> {
  const random = seeded(options.seed)
  const world = new ClockWorld(CASE_T0, (['none', 'one', 'one', 'both'] as const)[Math.floor(random() * 4)]!, random)
  const house = await options.house({ host: () => world.now + world.hostOff, database: () => world.database })
  const life = new Life(options, random, world, house, tally)
  await life.begin()
  for (let n = 0; n < options.steps; n++) await life.step(n)
}

class Life {
  readonly #options: LifeOptions
  readonly #random: () => number
  readonly #world: ClockWorld
  readonly #house: CaseHouse
  readonly #tally: CaseTally
  readonly #truth = new CaseTruth()
  readonly #ids: Id<'case'>[] = []
  readonly #looked = new Map<Id<'case'>, Case>()
  readonly #seenEnds = new Set<string>()
  #consented = false
  #what = 'begin'

  constructor(options: LifeOptions, random: () => number, world: ClockWorld, house: CaseHouse, tally: CaseTally) {
    this.#options = options
    this.#random = random
    this.#world = world
    this.#house = house
    this.#tally = tally
  }

  async begin(): Promise<void> {
    const id = await this.#open('one', ['one', 'two'])
    const of = await this.#house.peek(id)
    const invited = WALKERS.filter(() => this.#random() < this.#options.crowd)
    const ends = this.#random() < 0.75 ? instant(of.openedAt + (4 + this.#whole(100)) * DAY + this.#whole(DAY)) : null
    for (const asked of beginning(of, ends, invited)) await this.#give(id, asked, null)
    for (const name of invited) {
      if (this.#random() < 0.3) continue
      const terms = termsAsked(await this.#house.peek(id))
      await this.#give(id, { who: name, command: { do: 'accept-invitation', participant: ptp(name), terms } }, null)
    }
    await this.#look()
  }

  async step(n: number): Promise<void> {
    this.#consented = false
    const dice = this.#random()
    if (dice < 0.22) await this.#pass()
    else if (dice < 0.29) this.#jump()
    else if (dice < 0.33) await this.#restart()
    else if (dice < 0.37) await this.#merge(n)
    else if (dice < 0.41) await this.#split(n)
    else await this.#command()
    await this.#look()
  }

  async #open(name: string, flaws: readonly string[]): Promise<Id<'case'>> {
    const id = this.#options.caseId(name)
    const known = flaws.map((flaw) => ({ flaw: `flw_${flaw}${this.#options.tag}` as Id<'flaw'>, cve: null }))
    const head = { case: id, coordinator: CLEARINGHOUSE, chair: ptp(`chair${this.#options.tag}`) }
    const told = await this.#house.open({ ...head, flaws: known, latest: null, deployedFrom: 0.9 }, CHAIR)
    assert.ok(told.ok, 'a case is opened')
    this.#ids.push(id)
    return id
  }

  async #command(): Promise<void> {
    const id = this.#ids[this.#whole(this.#ids.length)]!
    const of = await this.#house.peek(id)
    const asked = walkCommand(of, this.#options.tag, this.#now, this.#random)
    this.#what = `${asked.who} ${asked.command.do}`
    const dice = this.#random()
    const crash = dice < 0.06 ? 'before' : dice < 0.12 ? 'after' : null
    await this.#give(id, asked, crash)
    // Whoever heard no answer says it again: it stands already or it is done now, and never both.
    if (crash !== null && this.#random() < 0.5) await this.#give(id, asked, null)
  }

  async #give(id: Id<'case'>, { who, command: plain }: Asked, crash: Crash): Promise<void> {
    const asked = { who, command: tagged(plain, '') }
    const before = await this.#house.peek(id)
    const told = await this.#surviving(() => this.#house.tell(id, caseAsker(who), asked.command, crash))
    const after = await this.#house.peek(id)
    if (told !== null && !told.ok) {
      this.#tally.refused++
      assert.equal(after.version, before.version, 'a refusal changes nothing')
      return
    }
    if (crash === 'before' && told === null) assert.deepEqual(after, before, 'what was never on record left nothing behind')
    if (after.version === before.version) return
    this.#tally.taken++
    if (asked.command.do === 'accept-invitation') {
      this.#consented = true
      this.#tally.consents++
    }
    this.#truth.took(before, asked)
    if (asked.command.do === 'apply-default') this.#truth.defaulted(after)
  }

  async #surviving(work: () => Promise<Told>): Promise<Told | null> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Died)) throw error
      this.#tally.crashes++
      await this.#house.restart()
      return null
    }
  }

  async #merge(n: number): Promise<void> {
    this.#what = 'merge'
    if (this.#ids.length < 2) await this.#open(`m${n}`, [`x${n}`])
    const [into, from] = this.#random() < 0.5 ? [this.#ids[0]!, this.#ids.at(-1)!] : [this.#ids.at(-1)!, this.#ids[0]!]
    const told = await this.#surviving(() => this.#house.merge(into, from, CHAIR, this.#random() < 0.15 ? 'after' : null))
    if (told?.ok) this.#tally.merges++
  }

  async #split(n: number): Promise<void> {
    this.#what = 'split'
    const parent = this.#ids[this.#whole(this.#ids.length)]!
    const of = await this.#house.peek(parent)
    if (this.#ids.length > 3 || of.flaws.length < 2 || of.state !== 'open') return
    const { terms } = of.embargo
    const early = this.#random() < 0.4 && isBinding(of.embargo.state) && (terms?.endsAt ?? 0) > this.#now + DAY
    const end = early ? { endsAt: instant(this.#now + DAY), weighing: sha('w') } : ('inherit' as const)
    const id = this.#options.caseId(`s${n}`)
    const asked = { case: id, flaws: [of.flaws[0]!.flaw], end }
    const crash = this.#random() < 0.15 ? 'before' : null
    const told = await this.#surviving(() => this.#house.split(parent, asked, CHAIR, crash))
    if (!told?.ok) return
    this.#tally.splits++
    this.#ids.push(id)
  }

  /** Time passes with the service up; often until just before, at or behind the end. */
  async #pass(): Promise<void> {
    this.#what = 'time'
    const of = await this.#house.peek(this.#ids[this.#whole(this.#ids.length)]!)
    const end = of.embargo.terms?.endsAt ?? null
    const near = end === null || end < this.#now ? 0 : end - this.#now + [-1, 0, 1, SECOND][this.#whole(4)]!
    const long = [SECOND, HOUR, DAY, 9 * DAY][this.#whole(4)]! * (0.2 + this.#random())
    await this.#run(Math.max(1, Math.round(near > 0 && this.#random() < 0.4 ? near : long)))
  }

  async #run(milliseconds: number): Promise<void> {
    await this.#house.run(milliseconds, (passed) => {
      this.#world.now += passed
    })
    if (!this.#agree || milliseconds < SECOND) return
    // No end is a second behind the service's own time and unnoticed.
    for (const id of this.#ids) {
      const of = await this.#house.peek(id)
      const end = isBinding(of.embargo.state) && of.state === 'open' ? (of.embargo.terms?.endsAt ?? null) : null
      if (end !== null) assert.ok(end > this.#now - SECOND, this.#say(`an end passed unnoticed by ${this.#now - end} ms`))
    }
  }

  #jump(): void {
    this.#what = 'jump'
    this.#tally.jumps++
    this.#world.jump()
  }

  async #restart(): Promise<void> {
    this.#what = 'restart'
    this.#tally.restarts++
    const versions = new Map<Id<'case'>, number>()
    for (const id of this.#ids) versions.set(id, (await this.#house.peek(id)).version)
    await this.#house.restart()
    for (const [id, version] of versions)
      assert.equal((await this.#house.peek(id)).version, version, this.#say('what was on record is lost'))
  }

  async #look(): Promise<void> {
    const cases: Case[] = []
    for (const id of this.#ids) {
      const newest = await this.#house.peek(id)
      const before = this.#looked.get(id)
      if (before?.version === newest.version) {
        cases.push(newest)
        continue
      }
      const { case: of, events } = await this.#house.stored(id)
      this.#looked.set(id, of)
      assert.deepEqual(replayCase(events), of, this.#say('the record is what its events come to'))
      const end = timedEnd(events)
      if (end !== null && of.embargo.terms !== null) this.#notEarly(of, end.at)
      if (end !== null) this.#tally.ended++
      if (isBinding(of.embargo.state)) this.#tally.bound++
      this.#tally.readers += of.participants.filter((one) => one.flaws.length > 0).length
      cases.push(of)
    }
    try {
      this.#truth.look(cases, this.#now, this.#consented)
      await this.#options.shown?.(cases, this.#random, this.#say('shown'))
    } catch (error) {
      if (error instanceof Error) error.message = this.#say(error.message)
      throw error
    }
  }

  // By the earlier of two clocks nothing ends early unless both run ahead of the truth.
  #notEarly(of: Case, at: Instant): void {
    const end = of.embargo.terms!.endsAt!
    assert.ok(at >= end, this.#say('ended before its end'))
    if (this.#endedNow(of) && Math.min(this.#world.hostOff, this.#world.databaseOff) <= 0)
      assert.ok(this.#world.now >= end, this.#say('ended early'))
  }

  #endedNow({ id }: Case): boolean {
    const fresh = !this.#seenEnds.has(id)
    this.#seenEnds.add(id)
    return fresh
  }

  get #now(): Instant {
    return instant(Math.min(this.#world.now + this.#world.hostOff, this.#world.database))
  }

  get #agree(): boolean {
    return Math.abs(this.#world.hostOff - this.#world.databaseOff) <= 2 * SECOND
  }

  #whole(below: number): number {
    return Math.floor(this.#random() * below)
  }

  #say(what: string): string {
    const { hostOff, databaseOff } = this.#world
    return `seed ${this.#options.seed}, ${this.#what}, clocks off by ${hostOff} and ${databaseOff} ms: ${what}`
  }
}
