import { sql } from 'kysely'
import type { Tx } from '../../store/connection.ts'
import type { ProofState } from '../../store/tables.ts'
import { openQuestions } from './open-questions.ts'

export interface FlawTally {
  readonly findings: number
  readonly finders: number
  readonly first_at: number
  readonly last_at: number
  readonly need: 'decide' | 'target' | 'triage' | 'nothing'
  /** The best that runs showed of any of its findings. */
  readonly proof: ProofState
}

/** Counts a flaw's findings afresh, and says what it needs now. */
export async function tallyFlaw(tx: Tx, flaw: string): Promise<FlawTally> {
  const counted = await tx.db
    .selectFrom('member')
    .innerJoin('finding', (join) =>
      join.onRef('finding.target_key', '=', 'member.target_key').onRef('finding.id', '=', 'member.finding_id'),
    )
    .select((select) => [
      select.fn.countAll<number>().as('findings'),
      select.fn.count<number>('finding.organisation_id').distinct().as('finders'),
      select.fn.min<number>('finding.received_at').as('first_at'),
      select.fn.max<number>('finding.received_at').as('last_at'),
      sql<boolean>`bool_and(finding.state = 'needs-info')`.as('waiting'),
      sql<ProofState>`case when bool_or(finding.proof = 'confirmed') then 'confirmed' when bool_or(finding.proof = 'not-reproduced') then 'not-reproduced' else 'not-run' end`.as(
        'proof',
      ),
    ])
    .where('member.flaw_id', '=', flaw)
    .executeTakeFirstOrThrow()
  const row = await tx.db.selectFrom('flaw').select(['priority_rank']).where('id', '=', flaw).executeTakeFirstOrThrow()
  const judged = await tx.db
    .selectFrom('judgement')
    .select('id')
    .where('flaw_id', '=', flaw)
    .where('person_id', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  const asked = (await openQuestions(tx, flaw)).length > 0
  return {
    findings: Number(counted.findings),
    finders: Number(counted.finders),
    first_at: counted.first_at,
    last_at: counted.last_at,
    need: needOf({ asked, waiting: counted.waiting, judged: judged !== undefined, rank: row.priority_rank }),
    proof: counted.proof,
  }
}

/** Decide first, then what its finder owes, then a first judgement of what is urgent; else nothing. */
export function needOf(flaw: { asked: boolean; waiting: boolean; judged: boolean; rank: number }): FlawTally['need'] {
  if (flaw.asked) return 'decide'
  if (flaw.waiting) return 'target'
  return !flaw.judged && flaw.rank >= 4 ? 'triage' : 'nothing'
}
