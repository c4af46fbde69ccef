import { sql } from 'kysely'
import type { Tx } from '../../store/connection.ts'

export interface FlawTally {
  readonly findings: number
  readonly finders: number
  readonly first_at: number
  readonly last_at: number
  readonly need: 'decide' | 'target' | 'triage' | 'nothing'
}

/** All flaws that were merged into this one, at any depth, and itself: what asks about any of them asks about it. */
export async function mergedGroup(tx: Tx, flaw: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive inside(id) as (select ${flaw}::text union select f.id from flaw f join inside i on f.merged_into = i.id where f.state = 'merged')
    select id from inside limit 1000`.execute(tx.db)
  return rows.map((row) => row.id)
}

/** Counts a flaw's findings afresh, and says what it needs now. */
export async function tallyFlaw(tx: Tx, flaw: string): Promise<FlawTally> {
  const counted = await tx.db
    .selectFrom('member').innerJoin('finding', (join) => join.onRef('finding.target_key', '=', 'member.target_key').onRef('finding.id', '=', 'member.finding_id'))
    .select((select) => [
      select.fn.countAll<number>().as('findings'), select.fn.count<number>('finding.organisation_id').distinct().as('finders'),
      select.fn.min<number>('finding.received_at').as('first_at'), select.fn.max<number>('finding.received_at').as('last_at'),
      sql<boolean>`bool_and(finding.state = 'needs-info')`.as('waiting'),
    ])
    .where('member.flaw_id', '=', flaw).executeTakeFirstOrThrow()
  const row = await tx.db.selectFrom('flaw').select(['priority_rank']).where('id', '=', flaw).executeTakeFirstOrThrow()
  const judged = await tx.db.selectFrom('judgement').select('id').where('flaw_id', '=', flaw).where('person_id', 'is not', null).limit(1).executeTakeFirst()
  const asked = await openQuestions(tx, flaw)
  return {
    findings: Number(counted.findings), finders: Number(counted.finders), first_at: counted.first_at, last_at: counted.last_at,
    need: needOf({ asked, waiting: counted.waiting, judged: judged !== undefined, rank: row.priority_rank }),
  }
}

/** Decide first, then what its finder owes, then a first judgement of what is urgent; else nothing. */
export function needOf(flaw: { asked: boolean; waiting: boolean; judged: boolean; rank: number }): FlawTally['need'] {
  if (flaw.asked) return 'decide'
  if (flaw.waiting) return 'target'
  return !flaw.judged && flaw.rank >= 4 ? 'triage' : 'nothing'
}

/** Whether a suggestion about this flaw, or about one merged into it, still waits for a person. */
async function openQuestions(tx: Tx, flaw: string): Promise<boolean> {
  const inside = await mergedGroup(tx, flaw)
  const { rows } = await sql<{ yes: number }>`
    select 1 as yes from suggestion s where s.state = 'open'
      and ((s.flaw_a = any(${inside}) and not s.flaw_b = any(${inside})) or (s.flaw_b = any(${inside}) and not s.flaw_a = any(${inside}))) limit 1`.execute(tx.db)
  return rows.length > 0
}
