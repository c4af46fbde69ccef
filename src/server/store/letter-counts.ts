import { sql } from 'kysely'
import type { Tx } from './connection.ts'

/** One case that a project was written to about, and what became of it. */
export interface SentCase {
  readonly case_id: string
  readonly sent_at: number
  readonly closed_at: number | null
}

/** Cases about which a first letter went, or is on its way, to that project; the newest 500. */
export async function casesSentTo(tx: Tx, project: string): Promise<SentCase[]> {
  const { rows } = await sql<SentCase>`
    select l.case_id, min(coalesce(l.sent_at, l.send_at, l.asked_at, l.made_at)) as sent_at, max(c.closed_at) as closed_at
    from letter l left join case_file c on c.id = l.case_id
    where l.project_id = ${project} and l.party_id is not null
      and (l.state in ('sent', 'unsure', 'sending') or (l.state = 'queued' and l.send_at is not null))
    group by l.case_id order by 2 desc limit 500`.execute(tx.db)
  return rows
}

/** A letter that a person let go and whose turn has not come. */
export interface WaitingLetter {
  readonly id: string
  readonly case_id: string
  readonly template: string
  readonly asked_at: number
  /** Priorities of the case's flaws, as they are stored. */
  readonly priorities: (string | null)[]
}

/** Letters to that project that wait for their turn. */
export async function lettersWaitingFor(tx: Tx, project: string): Promise<WaitingLetter[]> {
  const { rows } = await sql<WaitingLetter>`
    select l.id, l.case_id, l.template, l.asked_at,
      coalesce((select array_agg(f.priority) from case_flaw cf join flaw f on f.id = cf.flaw_id
        where cf.case_id = l.case_id and cf.removed_at is null), '{}') as priorities
    from letter l where l.project_id = ${project} and l.state = 'queued' and l.send_at is null
    order by l.asked_at, l.id limit 2000`.execute(tx.db)
  return rows
}
