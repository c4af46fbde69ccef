import type { Case } from '../../src/core/cases/case.ts'
import type { Asker, CaseCommand } from '../../src/core/cases/case-command.ts'
import type { CaseEvent } from '../../src/core/cases/case-event.ts'
import { decideCase } from '../../src/core/cases/decide.ts'
import { nextDue } from '../../src/core/cases/due.ts'
import { isBinding } from '../../src/core/cases/embargo-state.ts'
import { evolveCase, replayCase } from '../../src/core/cases/evolve.ts'
import { type CaseAsked, openCase } from '../../src/core/cases/open-case.ts'
import { openSplit, type SplitAsked } from '../../src/core/cases/open-split.ts'
import type { Id } from '../../src/core/kernel/id.ts'
import { type Instant, instant } from '../../src/core/kernel/instant.ts'
import { type CaseHouse, type Clocks, type Crash, Died, type Told } from './case-house.ts'

const APART_MS = 2000
const CLOCK = { kind: 'clock' } as const

interface Kept {
  readonly body: string
  readonly events: readonly string[]
  readonly due: number | null
}

interface Change {
  readonly of: Case
  readonly events: readonly CaseEvent[]
}

/** Core's machines over records of text: nothing outlives a crash but the text. */
export class MemoryHouse implements CaseHouse {
  readonly #clocks: Clocks
  readonly #records = new Map<Id<'case'>, Kept>()

  constructor(clocks: Clocks) {
    this.#clocks = clocks
  }

  async open(asked: CaseAsked, asker: Asker): Promise<Told> {
    const decision = openCase(asked, asker, this.#now(null))
    if (!decision.ok) return decision
    this.#commit([this.#after(null, decision.events)], null)
    return decision
  }

  async tell(id: Id<'case'>, asker: Asker, command: CaseCommand, crash: Crash): Promise<Told> {
    const before = this.#load(id)
    const decision = decideCase(before, command, asker, this.#now(before))
    if (!decision.ok) return decision
    this.#commit([this.#after(before, decision.events)], crash)
    return decision
  }

  async merge(into: Id<'case'>, from: Id<'case'>, asker: Asker, crash: Crash): Promise<Told> {
    const [here, other] = [this.#load(into), this.#load(from)]
    const taken = decideCase(here, { do: 'merge-in', other, flaws: 'all', propose: null }, asker, this.#now(here))
    if (!taken.ok) return taken
    const given = decideCase(other, { do: 'hand-over', to: into, flaws: 'all', as: 'merge' }, asker, this.#now(other))
    if (!given.ok) return given
    this.#commit([this.#after(here, taken.events), this.#after(other, given.events)], crash)
    return taken
  }

  async split(parent: Id<'case'>, asked: SplitAsked, asker: Asker, crash: Crash): Promise<Told> {
    const before = this.#load(parent)
    const now = this.#now(before)
    const child = openSplit(before, asked, asker, now)
    if (!child.ok) return child
    const given = decideCase(before, { do: 'hand-over', to: asked.case, flaws: asked.flaws, as: 'split' }, asker, now)
    if (!given.ok) return given
    this.#commit([this.#after(null, child.events), this.#after(before, given.events)], crash)
    return given
  }

  async peek(id: Id<'case'>): Promise<Case> {
    return this.#load(id)
  }

  async stored(id: Id<'case'>) {
    const { events } = this.#records.get(id)!
    return { case: this.#load(id), events: events.map((one) => JSON.parse(one) as CaseEvent) }
  }

  async run(milliseconds: number, pass: (milliseconds: number) => void): Promise<void> {
    for (let left = milliseconds; ; ) {
      for (const [id, { due }] of this.#records) {
        const of = due === null || due > this.#now(null) ? null : this.#load(id)
        if (of !== null) await this.tell(id, CLOCK, { do: 'clock' }, null)
      }
      if (left <= 0) return
      const slept = Math.min(left, this.#untilDue())
      pass(slept)
      left -= slept
    }
  }

  async restart(): Promise<void> {}

  /** For a house that is broken on purpose: the newest event of every record goes. */
  protected forgetNewest(): void {
    for (const [id, { events, due }] of this.#records) {
      const kept = events.length > 1 ? events.slice(0, -1) : events
      const of = replayCase(kept.map((one) => JSON.parse(one) as CaseEvent))
      this.#records.set(id, { body: JSON.stringify(of), events: kept, due })
    }
  }

  // Clocks do not jump while it sleeps, so what is due and still stands waits for clocks that agree.
  #untilDue(): number {
    const now = this.#now(null)
    let first = Number.POSITIVE_INFINITY
    for (const { due } of this.#records.values()) if (due !== null && due > now) first = Math.min(first, due - now)
    return first
  }

  #now(of: Case | null): Instant {
    const [host, database] = [this.#clocks.host(), this.#clocks.database()]
    const now = instant(Math.min(host, database))
    const end = of !== null && isBinding(of.embargo.state) ? (of.embargo.terms?.endsAt ?? null) : null
    const agree = Math.abs(host - database) <= APART_MS
    return agree || end === null || now < end ? now : instant(end - 1)
  }

  #load(id: Id<'case'>): Case {
    return JSON.parse(this.#records.get(id)!.body) as Case
  }

  #after(before: Case | null, events: readonly CaseEvent[]): Change {
    return { of: events.reduce<Case | null>(evolveCase, before)!, events }
  }

  // Cases of the same family hear in the same transaction what changed.
  #commit(changes: readonly Change[], crash: Crash): void {
    const all = new Map(changes.map((one) => [one.of.id, one]))
    for (const { events } of changes) {
      for (const event of events) {
        if (event.type !== 'kin-to-tell') continue
        const { embargo, endsAt } = event
        const command = { do: 'hear-of-kin', kin: event.case, embargo, endsAt, born: null } as const
        for (const kin of event.kin) {
          const before = all.get(kin)?.of ?? this.#load(kin)
          const heard = decideCase(before, command, CLOCK, this.#now(before))
          const more = heard.ok ? this.#after(before, heard.events) : null
          if (more !== null) all.set(kin, { ...more, events: [...(all.get(kin)?.events ?? []), ...more.events] })
        }
      }
    }
    if (crash === 'before') throw new Died()
    for (const { of, events } of all.values()) {
      const earlier = this.#records.get(of.id)?.events ?? []
      const log = [...earlier, ...events.map((one) => JSON.stringify(one))]
      this.#records.set(of.id, { body: JSON.stringify(of), events: log, due: nextDue(of) })
    }
    if (crash === 'after') throw new Died()
  }
}
