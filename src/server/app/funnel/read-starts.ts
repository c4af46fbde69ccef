import { sql } from 'kysely'
import { HOUR } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { StepCount } from './funnel-step.ts'

interface Counted {
  readonly found: number
  readonly confirmed: number
  readonly not_run: number
  readonly not_shown: number
  readonly in_none: number
  readonly timed: number
  readonly median_ms: number | null
}

/** The first two steps over all flaws, and how many open ones are in no case; counted by the database, for they are many. */
export async function readStarts(tx: Tx): Promise<{ readonly steps: readonly StepCount[]; readonly inNone: number }> {
  const { rows } = await sql<Counted>`
    with timed as (
      select extract(epoch from min(v.ended_at) - f.first_at) * 1000 as ms from flaw f
      join validation v on v.flaw_id = f.id and v.coordination and v.state = 'done'
      where f.proof = 'confirmed' and f.state <> 'merged' group by f.id, f.first_at)
    select (select count(*) from flaw where state <> 'merged')::int as found,
      (select count(*) from flaw where state <> 'merged' and proof = 'confirmed')::int as confirmed,
      (select count(*) from flaw where state = 'open' and proof = 'not-run')::int as not_run,
      (select count(*) from flaw where state = 'open' and proof = 'not-reproduced')::int as not_shown,
      (select count(*) from flaw f where f.state = 'open'
        and not exists (select 1 from case_flaw c where c.flaw_id = f.id))::int as in_none,
      (select count(*) from timed)::int as timed,
      (select percentile_cont(0.5) within group (order by ms) from timed where ms >= 0)::float8 as median_ms`.execute(tx.db)
  const { found, confirmed, not_run, not_shown, in_none, timed, median_ms } = rows[0]!
  const held = [
    { why: 'not run in a sandbox yet; a coordinator’s turn', flaws: not_run },
    { why: 'runs did not show it; the finder’s turn', flaws: not_shown },
  ].filter(({ flaws }) => flaws > 0)
  const medianHours = median_ms === null ? null : Math.round((median_ms / HOUR) * 10) / 10
  return {
    steps: [
      { step: 'found', flaws: found, medianHours: null, timed: 0, held: [] },
      { step: 'confirmed', flaws: confirmed, medianHours, timed, held },
    ],
    inNone: in_none,
  }
}
