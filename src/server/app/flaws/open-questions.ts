import { sql } from 'kysely'
import { pairKey } from '../../../core/findings/cluster/holder.ts'
import type { Id } from '../../../core/kernel/id.ts'
import type { Tx } from '../../store/connection.ts'
import { loadApart } from '../clustering/load-batch.ts'

export interface OpenQuestion {
  readonly id: string
  /** The flaw that stands on the other side today. */
  readonly other: string
  readonly raisedAt: number
  readonly score: number
  readonly algorithm: string
}

/**
 * Questions that stand open about a flaw, or about one merged into it. Where a person holds the two apart, also through flaws
 * merged since, there is nothing left to ask; the question comes back when that is undone.
 */
export async function openQuestions(tx: Tx, flaw: string): Promise<OpenQuestion[]> {
  const questions = await questionsAbout(tx, flaw)
  const apart = questions.length === 0 ? new Set() : await loadApart(tx, [flaw, ...questions.map(({ other }) => other)])
  return questions.filter(({ other }) => !apart.has(pairKey(flaw as Id<'flaw'>, other as Id<'flaw'>)))
}

/** The same with those that nobody needs to answer. */
export async function questionsAbout(tx: Tx, flaw: string): Promise<OpenQuestion[]> {
  const { rows } = await sql<{ id: string; other: string; raised_at: number; score: number; algorithm: string }>`
    with recursive inside(id) as (select ${flaw}::text union select f.id from flaw f join inside i on f.merged_into = i.id),
    asked as (
      select s.id, s.raised_at, s.score, s.algorithm, s.flaw_b as there from suggestion s join inside i on s.flaw_a = i.id where s.state = 'open'
      union select s.id, s.raised_at, s.score, s.algorithm, s.flaw_a from suggestion s join inside i on s.flaw_b = i.id where s.state = 'open'
    ),
    up(id, at, step) as (
      select a.id, a.there, 0 from asked a
      union all select u.id, f.merged_into, u.step + 1 from up u join flaw f on f.id = u.at where f.merged_into is not null and u.step < 1000
    )
    select distinct on (a.id) a.id, u.at as other, a.raised_at, a.score, a.algorithm
    from asked a join up u on u.id = a.id where u.at not in (select id from inside) order by a.id, u.step desc`.execute(tx.db)
  return rows.map((row) => ({
    id: row.id,
    other: row.other,
    raisedAt: row.raised_at,
    score: row.score,
    algorithm: row.algorithm,
  }))
}
