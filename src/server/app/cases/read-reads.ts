import { sql } from 'kysely'
import type { CaseReadOut, CaseReads } from '../../../contract/shapes/case-reads.ts'
import { presentCase } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { loadNames } from '../docket/names.ts'
import type { CaseDesk } from './case-desk.ts'
import { papersOf, readsPaper } from './case-papers.ts'
import { type SeenCase, seeCase, subjectOf } from './load-case.ts'
import { viewerOf } from './viewer.ts'

interface Row {
  readonly n: number
  readonly at: number
  readonly person_id: string | null
  readonly party_id: string | null
  readonly what: CaseReadOut['what']
  readonly thing: string | null
}

/**
 * Who read what of a case and when, the newest first: to those who coordinate it all of it, to a participant what its own people
 * read. Rows are counted from 1 among those that are shown, so that no number tells of the others. `before`: such a number.
 */
export async function readCaseReads(
  desk: CaseDesk,
  who: Principal,
  text: string,
  page: { readonly before: number | null; readonly limit: number },
): Promise<Answer<Presented<CaseReads>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null || seen.reads !== 'content') return NOT_FOUND
    const rows = await rowsOf(tx, seen, page.before, page.limit)
    const last = rows.at(-1)
    const next = last === undefined || Number(last.n) === 1 ? null : String(last.n)
    const shown = presentCase(who, subjectOf(seen), { rows: await readsOut(tx, seen, rows), next })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

async function rowsOf(tx: Tx, seen: SeenCase, before: number | null, limit: number): Promise<readonly Row[]> {
  const own = seen.parties.map(({ id }) => id as string)
  const mine = seen.coordinator ? sql`true` : sql`party_id in (${sql.join(own.length === 0 ? [''] : own)})`
  const { rows } = await sql<Row>`
    select * from (
      select row_number() over (order by at, entry) as n, at, person_id, party_id, what, thing
      from case_read where case_id = ${seen.case.id} and ${mine}) as own
    where n < ${before ?? Number.MAX_SAFE_INTEGER} order by n desc limit ${limit}`.execute(tx.db)
  return rows
}

async function readsOut(tx: Tx, seen: SeenCase, rows: readonly Row[]): Promise<CaseReadOut[]> {
  const { called } = await viewerOf(tx, seen)
  const { people } = await loadNames(
    tx,
    rows.flatMap(({ person_id }) => person_id ?? []),
    [],
  )
  const papers = rows.some(({ what }) => what === 'paper') && seen.purge === null ? await papersOf(tx, seen) : []
  // A title only to whom the paper is for now.
  const titles = new Map(papers.flatMap((paper) => (readsPaper(seen, paper) ? [[paper.id, paper.title]] : [])))
  return rows.map(({ n, at, person_id, party_id, what, thing }) => ({
    number: Number(n),
    at: formatInstant(instant(at)),
    who: person_id === null ? 'A program' : (people.get(person_id) ?? 'A person'),
    party: party_id === null ? null : called(party_id),
    what,
    thing,
    title: (thing === null ? undefined : titles.get(thing)) ?? null,
  }))
}

interface Renamed {
  readonly parties: ReadonlyMap<string, string>
  readonly papers: ReadonlyMap<string, string>
}

/** Takes what was read of a case into the one that it is merged into, after what was read there, by the ids that things have there. */
export async function moveReads(tx: Tx, from: string, into: string, { parties, papers }: Renamed): Promise<void> {
  const renamed = (names: ReadonlyMap<string, string>) => JSON.stringify(Object.fromEntries(names))
  await sql`
    update case_read set case_id = ${into},
      entry = entry + (select coalesce(max(entry), 0) from case_read where case_id = ${into}),
      party_id = coalesce(${renamed(parties)}::jsonb ->> party_id, party_id),
      thing = coalesce(${renamed(papers)}::jsonb ->> thing, thing)
    where case_id = ${from}`.execute(tx.db)
}
