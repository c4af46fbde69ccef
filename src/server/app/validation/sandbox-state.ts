import type { FlawProof } from '../../../contract/shapes/validation.ts'
import type { TierFacts, TierLack } from '../../../core/sandbox/tier.ts'
import { at, type Tx } from '../../store/connection.ts'
import type { OwnRunner } from './validation-desk.ts'

/** A runner that asked for nothing this long is taken for gone; one without a sandbox looks once a minute whether it has one. */
const SEEN_WITHIN_MS = 90_000

type State = FlawProof['sandbox']

/** Whether reproducers can be run, by which wall; where not, why, and what would help. */
export async function sandboxState(tx: Tx, own: OwnRunner, now: number): Promise<State> {
  const rows = await tx.db
    .selectFrom('runner')
    .select(['tiers', 'lacking'])
    .where('last_seen', '>', at(now - SEEN_WITHIN_MS))
    .orderBy('last_seen', 'desc')
    .limit(50)
    .execute()
  const tiers = rows.flatMap((row) => row.tiers as readonly TierFacts[])
  if (tiers[0] !== undefined)
    return { ready: true, say: [...new Set(tiers.map(({ says }) => says))].slice(0, 3).join('; '), mend: null }
  const lack = rows.flatMap((row) => row.lacking as readonly TierLack[])[0]
  if (lack !== undefined)
    return { ready: false, say: `Nothing is run: the runner has no sandbox. ${lack.say}`, mend: lack.mend }
  const said = own.says()
  if (said !== null) return { ready: false, ...said }
  return {
    ready: false,
    say: 'Nothing is run: no runner has asked for work lately.',
    mend: 'Start one where a sandbox is: weir runner --server URL, with a token made for it.',
  }
}
