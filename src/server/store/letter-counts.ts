import { sql } from 'kysely'
import { at, type Tx } from './connection.ts'

/** One case that a project was written to about, and what became of it. */
export interface SentCase {
  readonly case_id: string
  readonly sent_at: number
  readonly closed_at: number | null
}

interface OfProject {
  readonly project_id: string
}

/** Keeps that a project was written to about a case; the first time counts. */
export async function noteSending(tx: Tx, project: string, of: string, sentAt: number): Promise<void> {
  await tx.db
    .insertInto('project_sending')
    .values({ project_id: project, case_id: of, sent_at: at(sentAt) as never })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Cases about which a letter went, or is on its way, to each of these projects, and did not come back or shows in its inbox; of each
 * the newest 500.
 */
export async function casesSentTo(tx: Tx, projects: readonly string[]): Promise<(SentCase & OfProject)[]> {
  const { rows } = await sql<SentCase & OfProject>`
    select sent.* from unnest(${projects}::text[]) as asked (id) cross join lateral (
    select s.project_id, s.case_id, s.sent_at, c.closed_at from project_sending s left join case_file c on c.id = s.case_id
    where s.project_id = asked.id and (
      not exists (select from letter l where l.case_id = s.case_id and l.project_id = s.project_id)
      or exists (select from letter l where l.case_id = s.case_id and l.project_id = s.project_id
        and (l.state in ('sent', 'unsure', 'sending') or (l.state = 'queued' and l.send_at is not null)))
      or exists (select from case_party p where p.case_id = s.case_id and p.project_id = s.project_id
        and p.organisation_id is not null and p.left_at is null and p.reads <> 'nothing'))
    order by s.sent_at desc limit 500) sent order by sent.sent_at desc`.execute(tx.db)
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

/** Letters to these projects that wait for their turn; of each the first 2000. */
export async function lettersWaitingFor(tx: Tx, projects: readonly string[]): Promise<(WaitingLetter & OfProject)[]> {
  const { rows } = await sql<WaitingLetter & OfProject>`
    select waiting.* from unnest(${projects}::text[]) as asked (id) cross join lateral (
    select l.project_id, l.id, l.case_id, l.template, l.asked_at,
      coalesce((select array_agg(f.priority) from case_flaw cf join flaw f on f.id = cf.flaw_id
        where cf.case_id = l.case_id and cf.removed_at is null), '{}') as priorities
    from letter l join case_file c on c.id = l.case_id and c.stage = 'open'
    where l.project_id = asked.id and l.state = 'queued' and l.send_at is null
    order by l.asked_at, l.id limit 2000) waiting order by waiting.asked_at, waiting.id`.execute(tx.db)
  return rows
}
