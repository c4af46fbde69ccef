import { sql } from 'kysely'
import type { Tx } from '../../store/connection.ts'
import { papersOf, readsPaper } from './case-papers.ts'
import type { SeenCase } from './load-case.ts'

/**
 * When each participant last wrote something: messages, files, answers by mail or by a link; what a machine answered is no word. To
 * those who do not coordinate the case counts only what they read themselves: that somebody wrote to the coordinator alone is not told.
 */
export async function lastWords(tx: Tx, seen: SeenCase): Promise<ReadonlyMap<string, number>> {
  const words = new Map<string, number>()
  const note = (party: string | null, at: number) => {
    if (party !== null && at > (words.get(party) ?? Number.NEGATIVE_INFINITY)) words.set(party, at)
  }
  if (seen.coordinator) {
    const { rows } = await sql<{ party_id: string; at: number }>`
      select party_id, max(at) as at from case_paper
      where case_id = ${seen.case.id} and party_id is not null and kind <> 'machine' group by party_id
      union all
      select l.party_id, max(k.used_at) from letter_link k join letter l on l.id = k.letter_id
      where l.case_id = ${seen.case.id} and l.party_id is not null and k.used_at is not null group by l.party_id`.execute(tx.db)
    for (const { party_id, at } of rows) note(party_id, Number(at))
  } else if (seen.reads === 'content' && seen.purge === null) {
    for (const paper of await papersOf(tx, seen))
      if (paper.kind !== 'machine' && readsPaper(seen, paper)) note(paper.participant, paper.at)
  }
  return words
}
