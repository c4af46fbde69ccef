import type { Action } from '../../../core/access/policy-table.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Advisory } from '../../../core/advisories/advisory.ts'
import type { AdvisoryCommand } from '../../../core/advisories/advisory-command.ts'
import { decideAdvisory } from '../../../core/advisories/decide.ts'
import { evolveAdvisory } from '../../../core/advisories/evolve.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { AdvisoryBody } from './advisory-body.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { type SeenAdvisory, seeAdvisory } from './load-advisory.ts'
import { storeAdvisory } from './store-advisory.ts'

/** What one act came to. */
export type Work = (seen: SeenAdvisory, tx: Tx) => Promise<Answer<null>>

/** One act of a coordinator on an advisory: load, permit, decide, commit; nothing of a refused one stays. */
export async function workOnAdvisory(
  desk: AdvisoryDesk,
  who: Principal,
  action: Action,
  given: { readonly advisory: string; readonly version: number },
  work: Work,
): Promise<Answer<null>> {
  const refused: Answer<null>[] = []
  try {
    return await inTransaction(desk.store, 'all', async (tx) => {
      const seen = await seeAdvisory(desk, tx, who, action, given.advisory, true)
      if (seen === null || who.person === null) return NOT_FOUND
      if (given.version !== seen.advisory.version)
        return denied('advisory.changed', 'Load it again and decide on what you see then.')
      const answer = await work(seen, tx)
      if (answer.ok) return answer
      refused.push(answer)
      throw new Refused()
    })
  } catch (error) {
    if (error instanceof Refused) return refused.at(-1) ?? NOT_FOUND
    throw error
  }
}

class Refused extends Error {
  override name = 'Refused'
}

/** Decides one command of a person and stores what came of it; answers the advisory after it. */
export async function tellAdvisory(
  desk: AdvisoryDesk,
  tx: Tx,
  seen: SeenAdvisory,
  command: AdvisoryCommand,
  plan: AdvisoryBody['plan'],
  now: Instant = seen.home.now,
): Promise<Answer<Advisory>> {
  const { person } = seen.home
  if (person === null) return NOT_FOUND
  const decision = decideAdvisory(seen.advisory, command, { kind: 'person', person }, now)
  if (!decision.ok) return denied('advisory.refused', decision.say, decision.code)
  const advisory = decision.events.reduce(evolveAdvisory, seen.advisory as Advisory)
  const body = { advisory, plan }
  await storeAdvisory(desk, tx, { body, case: seen.row.case_id, key: seen.key, now, events: decision.events })
  return done(advisory)
}
