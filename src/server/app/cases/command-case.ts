import type { Principal } from '../../../core/access/principal.ts'
import type { Case } from '../../../core/cases/case.ts'
import type { Asker, CaseCommand } from '../../../core/cases/case-command.ts'
import type { CaseEvent } from '../../../core/cases/case-event.ts'
import { decideCase } from '../../../core/cases/decide.ts'
import { evolveCase } from '../../../core/cases/evolve.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { CaseBody } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import { type LoadedCase, loadCase, type SeenCase, seeCase } from './load-case.ts'
import { storeCase } from './store-case.ts'

/** A command of core, and what changes beside the case itself once it was accepted. */
export interface Prepared {
  readonly command: CaseCommand
  readonly body?: Partial<Omit<CaseBody, 'case'>>
}

/** The case after a command, and what happened to it; no event: nothing had to change. */
export interface Commanded {
  readonly case: Case
  readonly events: readonly CaseEvent[]
}

/** What a person wants of a case: most acts are one command of core, some concern two cases or none of its machines. */
export type Work = (seen: SeenCase, tx: Tx) => Promise<Answer<null>>

/**
 * One act of a person on a case: load, permit, decide, commit. `version` is the one that the person looked at; where it is no
 * longer the newest the act is refused with `case.changed`. Null: the act fits whatever else has changed.
 */
export async function workOnCase(
  desk: CaseDesk,
  who: Principal,
  given: { readonly case: string; readonly version: number | null },
  work: Work,
): Promise<Answer<null>> {
  let refused: Answer<null> | null = null
  try {
    return await inTransaction(desk.store, 'all', async (tx) => {
      const seen = await seeCase(desk, tx, who, 'decide', given.case, true)
      if (seen === null) return NOT_FOUND
      if (seen.case.state === 'closed') return denied('case.closed')
      if (given.version !== null && given.version !== seen.case.version)
        return denied('case.changed', 'Load it again and decide on what you see then.')
      const answer = await work(seen, tx)
      if (answer.ok) return answer
      // Part of it may be written already: nothing of it may stay.
      refused = answer
      throw new Refused()
    })
  } catch (error) {
    if (error instanceof Refused && refused !== null) return refused
    throw error
  }
}

class Refused extends Error {
  override name = 'Refused'
}

/** One command of Weir itself: what time has brought, or word from another case of the same family. */
export async function tellCase(desk: CaseDesk, id: string, command: CaseCommand): Promise<Answer<Commanded>> {
  return await inTransaction(desk.store, 'all', async (tx) => await tellIn(desk, tx, id, command))
}

/** The same in the running transaction; a case that is closed or gone hears nothing. */
export async function tellIn(desk: CaseDesk, tx: Tx, id: string, command: CaseCommand): Promise<Answer<Commanded>> {
  const loaded = await loadCase(desk, tx, id, true)
  return loaded === null ? NOT_FOUND : await carryOut(desk, tx, loaded, { kind: 'clock' }, { command })
}

/** Decides and stores one command in the running transaction, in which the case was loaded with its row locked. */
export async function carryOut(
  desk: CaseDesk,
  tx: Tx,
  loaded: LoadedCase,
  asker: Asker,
  { command, body }: Prepared,
): Promise<Answer<Commanded>> {
  const { row, key, now, case: before, texts, projects, project, dates, severities, purge } = loaded
  const decision = decideCase(before, command, asker, now)
  if (!decision.ok) return denied(decision.code === 'case.closed' ? 'case.closed' : 'case.refused', decision.say, decision.code)
  const { events } = decision
  const after = events.reduce(evolveCase, before)
  const kept: CaseBody = { texts, projects, project, dates, severities, purge, ...body, case: after }
  await storeCase(desk, tx, { body: kept, key, now, version: row.version, events })
  await tellKin(desk, tx, events)
  return done({ case: after, events })
}

/** Cases of the same family hear in the same transaction what changed here. */
export async function tellKin(desk: CaseDesk, tx: Tx, events: readonly CaseEvent[]): Promise<void> {
  for (const event of events) {
    if (event.type !== 'kin-to-tell') continue
    const { embargo, endsAt } = event
    for (const kin of event.kin)
      await tellIn(desk, tx, kin, { do: 'hear-of-kin', kin: event.case, embargo, endsAt, born: null })
  }
}

/** Who gives a command, as core asks. */
export function askerOf(who: Principal, { parties, coordinator, case: of }: SeenCase): Asker | null {
  if (who.person === null) return null
  const participants = parties.flatMap(({ id }) => (id === of.chair ? [] : [id]))
  return { kind: 'person', person: who.person, participants, coordinator }
}
