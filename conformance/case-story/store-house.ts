import type { Case } from '../../src/core/cases/case.ts'
import type { Asker, CaseCommand } from '../../src/core/cases/case-command.ts'
import type { CaseEvent } from '../../src/core/cases/case-event.ts'
import { decideCase } from '../../src/core/cases/decide.ts'
import { evolveCase, replayCase } from '../../src/core/cases/evolve.ts'
import { type CaseAsked, openCase } from '../../src/core/cases/open-case.ts'
import { openSplit, type SplitAsked } from '../../src/core/cases/open-split.ts'
import type { Id } from '../../src/core/kernel/id.ts'
import type { TestDoor } from '../../src/devkit/door.ts'
import type { Answer } from '../../src/server/app/answer.ts'
import { EMPTY_BODY } from '../../src/server/app/cases/case-body.ts'
import type { CaseDesk } from '../../src/server/app/cases/case-desk.ts'
import { type Commanded, carryOut, tellKin } from '../../src/server/app/cases/command-case.ts'
import { loadCase } from '../../src/server/app/cases/load-case.ts'
import { readClocks } from '../../src/server/app/cases/releasing-now.ts'
import { entryPlace, storeCase } from '../../src/server/app/cases/store-case.ts'
import { nextCaseDue, sweepCases } from '../../src/server/app/cases/sweep-cases.ts'
import { readEntries } from '../../src/server/store/case-entry.ts'
import { inTransaction, openStore, type Store, type Tx } from '../../src/server/store/connection.ts'
import { openJson } from '../../src/server/store/keys/seal.ts'
import { type CaseHouse, type Clocks, type Crash, Died, type Told } from './case-house.ts'

class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

interface Stored {
  readonly case: Case
  readonly events: readonly CaseEvent[]
}

/** The server's own commands, sweeper and records. A crash cuts its transaction, or keeps its answer from being heard. */
export class StoreHouse implements CaseHouse {
  readonly #door: TestDoor
  readonly #clocks: Clocks
  #store: Store
  /** A closed case's key is destroyed: what was last read of it. */
  readonly #last = new Map<Id<'case'>, Stored>()

  constructor(door: TestDoor, clocks: Clocks) {
    this.#door = door
    this.#clocks = clocks
    this.#store = openStore(door.database.connect.app, 2)
  }

  async open(asked: CaseAsked, asker: Asker): Promise<Told> {
    return await this.#working(null, async (desk, tx) => {
      const { now } = await readClocks(desk, tx)
      const decision = openCase(asked, asker, now)
      if (!decision.ok) throw new Refused(decision.code)
      await this.#begin(desk, tx, decision.events)
      return decision.events
    })
  }

  async tell(id: Id<'case'>, asker: Asker, command: CaseCommand, crash: Crash): Promise<Told> {
    return await this.#working(crash, async (desk, tx) => {
      const loaded = await loadCase(desk, tx, id, true)
      if (loaded === null) throw new Refused('gone')
      return taken(await carryOut(desk, tx, loaded, asker, { command }))
    })
  }

  async merge(into: Id<'case'>, from: Id<'case'>, asker: Asker, crash: Crash): Promise<Told> {
    return await this.#working(crash, async (desk, tx) => {
      const [here, other] = [await loadCase(desk, tx, into, true), await loadCase(desk, tx, from, true)]
      if (here === null || other === null) throw new Refused('gone')
      const due = decideCase(other.case, { do: 'clock' }, { kind: 'clock' }, other.now)
      const ripe = due.ok ? due.events.reduce(evolveCase, other.case) : other.case
      const command = { do: 'hand-over', to: into, flaws: 'all', as: 'merge' } as const
      taken(await carryOut(desk, tx, other, asker, { command }))
      const heard = (await loadCase(desk, tx, into, true)) ?? here
      const merge = decideCase(heard.case, { do: 'merge-in', other: ripe, flaws: 'all', propose: null }, asker, here.now)
      if (!merge.ok) throw new Refused(merge.code)
      const body = { ...heard, case: merge.events.reduce(evolveCase, heard.case) }
      await storeCase(desk, tx, { body, key: here.key, now: here.now, version: heard.row.version, events: merge.events })
      await tellKin(desk, tx, merge.events)
      return merge.events
    })
  }

  async split(parent: Id<'case'>, asked: SplitAsked, asker: Asker, crash: Crash): Promise<Told> {
    return await this.#working(crash, async (desk, tx) => {
      const loaded = await loadCase(desk, tx, parent, true)
      if (loaded === null) throw new Refused('gone')
      const opening = openSplit(loaded.case, asked, asker, loaded.now)
      if (!opening.ok) throw new Refused(opening.code)
      const command = { do: 'hand-over', to: asked.case, flaws: asked.flaws, as: 'split' } as const
      const given = taken(await carryOut(desk, tx, loaded, asker, { command }))
      await this.#begin(desk, tx, opening.events)
      return given
    })
  }

  async peek(id: Id<'case'>): Promise<Case> {
    const desk = this.#desk()
    const loaded = await inTransaction(this.#store, 'all', (tx) => loadCase(desk, tx, id))
    return loaded === null || loaded.purge !== null ? this.#last.get(id)!.case : loaded.case
  }

  async stored(id: Id<'case'>): Promise<Stored> {
    const desk = this.#desk()
    const read = await inTransaction(this.#store, 'all', async (tx) => {
      const loaded = await loadCase(desk, tx, id)
      if (loaded === null || loaded.purge !== null) return null
      const entries = (await readEntries(tx, id, null, 5000)).reverse()
      const events = entries.map((entry) => openJson<CaseEvent>(loaded.key.key, entry.body, entryPlace(id, entry.version)))
      return { case: loaded.case, events }
    })
    if (read !== null) this.#last.set(id, read)
    return this.#last.get(id)!
  }

  async run(milliseconds: number, pass: (milliseconds: number) => void): Promise<void> {
    for (let left = milliseconds; ; ) {
      const desk = this.#desk()
      const due = await nextCaseDue(desk)
      const now = Math.min(this.#clocks.host(), this.#clocks.database())
      if (due !== null && due <= now) await sweepCases(desk)
      if (left <= 0) return
      const next = await nextCaseDue(this.#desk())
      const slept = Math.min(left, next !== null && next > now ? next - now : left)
      pass(slept)
      left -= slept
    }
  }

  async restart(): Promise<void> {
    await this.close()
    this.#store = openStore(this.#door.database.connect.app, 2)
  }

  /** Ends the service; its records stay. */
  async close(): Promise<void> {
    await this.#store.pool.end()
  }

  // The doors tell the same time as the service.
  #desk(): CaseDesk {
    const { time, desks } = this.#door
    time.now = this.#clocks.host()
    time.second = this.#clocks.database() - time.now
    return { ...desks.cases, store: this.#store }
  }

  async #begin(desk: CaseDesk, tx: Tx, events: readonly CaseEvent[]): Promise<void> {
    const [key] = await desk.keys.allocate(1)
    const of = replayCase(events)!
    const { now } = await readClocks(desk, tx)
    await storeCase(desk, tx, { body: { ...EMPTY_BODY, case: of }, key: key!, now, version: 0, events })
  }

  async #working(crash: Crash, work: (desk: CaseDesk, tx: Tx) => Promise<readonly CaseEvent[]>): Promise<Told> {
    try {
      const events = await inTransaction(this.#store, 'all', async (tx) => {
        const done = await work(this.#desk(), tx)
        if (crash === 'before') throw new Died()
        return done
      })
      if (crash === 'after') throw new Died()
      return { ok: true, events }
    } catch (error) {
      if (error instanceof Refused) return { ok: false, code: error.code }
      // The records hold a flaw in one open case at most; the doors ask before.
      if ((error as { constraint?: string }).constraint === 'case_flaw_open') return { ok: false, code: 'case.flaw-taken' }
      throw error
    }
  }
}

function taken(answer: Answer<Commanded>): readonly CaseEvent[] {
  if (!answer.ok) throw new Refused(answer.code)
  return answer.value.events
}
