import { type Selectable, sql } from 'kysely'
import { CASES_DUE } from './case.ts'
import type { AdvisoryTable } from './case-tables.ts'
import { at, type Tx } from './connection.ts'

export type AdvisoryRecord = Selectable<AdvisoryTable>

/** One advisory's row, locked against other writers where `lock` says so. */
export async function loadAdvisoryRow(tx: Tx, id: string, lock: boolean): Promise<AdvisoryRecord | undefined> {
  const query = tx.db.selectFrom('advisory').selectAll().where('id', '=', id)
  return await (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** Rows of many advisories with whose cases an organisation has to do, in no order. */
export async function advisoryRowsNear(tx: Tx, organisation: string | null, ids: readonly string[]): Promise<AdvisoryRecord[]> {
  if (organisation === null || ids.length === 0) return []
  return await tx.db
    .selectFrom('advisory')
    .selectAll()
    .where('id', 'in', ids)
    .where(
      sql<boolean>`exists (select from case_file c where c.id = advisory.case_id and (c.coordinator_id = ${organisation}
        or exists (select from case_party p where p.case_id = c.id and p.organisation_id = ${organisation})))`,
    )
    .execute()
}

/** Whether an organisation has to do with an advisory's case, in one look-up that takes as long where there is no such advisory. */
export async function isNearAdvisory(tx: Tx, organisation: string | null, id: string): Promise<boolean> {
  if (organisation === null) return false
  const { rows } = await sql`
    select 1 from advisory a join case_file c on c.id = a.case_id where a.id = ${id} and (c.coordinator_id = ${organisation}
      or exists (select 1 from case_party p where p.case_id = c.id and p.organisation_id = ${organisation}))`.execute(tx.db)
  return rows.length > 0
}

export interface AdvisoryHead {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly case: string
  readonly slot: number
  readonly body: Buffer
  /** What everyone reads; null before it is out. */
  readonly public: object | null
  readonly releaseAt: number | null
  readonly publishedAt: number | null
  readonly changedAt: number
}

/** Writes an advisory's row, new or changed. */
export async function putAdvisory(tx: Tx, head: AdvisoryHead): Promise<void> {
  const when = (ms: number | null) => (ms === null ? null : (at(ms) as never))
  const changing = {
    version: head.version,
    state: head.state,
    case_id: head.case,
    body: head.body,
    public: head.public === null ? null : JSON.stringify(head.public),
    release_at: when(head.releaseAt),
    published_at: when(head.publishedAt),
    changed_at: at(head.changedAt) as never,
  }
  await tx.db
    .insertInto('advisory')
    .values({ id: head.id, key_slot: head.slot, ...changing })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute()
  if (head.releaseAt !== null) await sql`select pg_notify(${CASES_DUE}, '')`.execute(tx.db)
}

/** Published ones, the newest release first, from where the page before ended. */
export async function publishedRows(
  tx: Tx,
  { before, limit }: { readonly before: { readonly at: number; readonly id: string } | null; readonly limit: number },
): Promise<Pick<AdvisoryRecord, 'id' | 'public' | 'published_at'>[]> {
  return await tx.db
    .selectFrom('advisory')
    .select(['id', 'public', 'published_at'])
    .where('published_at', 'is not', null)
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(published_at, id) < (${at(before?.at ?? 0)}, ${before?.id ?? ''})`),
    )
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Everything that is public, for the tree. */
export async function allPublished(tx: Tx): Promise<unknown[]> {
  const rows = await tx.db.selectFrom('advisory').select('public').where('published_at', 'is not', null).orderBy('id').execute()
  return rows.map((row) => row.public)
}

/** Changes whenever anything public does. */
export async function publicMark(tx: Tx): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select count(*) || '/' || coalesce(sum(version), 0) as mark from advisory where published_at is not null`.execute(tx.db)
  return rows[0]?.mark ?? ''
}

/** Drafts of open cases that an organisation coordinates or takes part in with content: a first sieve, core judges each again. */
export async function draftIdsNear(tx: Tx, organisation: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from advisory a join case_file c on c.id = a.case_id
    where a.published_at is null and c.stage = 'open' and (c.coordinator_id = ${organisation} or exists (
      select from case_party p where p.case_id = c.id and p.organisation_id = ${organisation} and p.reads = 'content'
        and p.left_at is null))
    order by a.changed_at desc, a.id limit ${most}`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Ids of ready advisories whose instant has come by `now`, the most overdue first. */
export async function dueReleases(tx: Tx, now: number, most: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('advisory')
    .select('id')
    .where('state', '=', 'ready')
    .where('release_at', '<=', at(now) as never)
    .orderBy('release_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

/** The next instant at which an advisory is planned to come out; long past where a draft was stranded; null: there is nothing. */
export async function nextRelease(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select case when exists (select from advisory a join case_file c on c.id = a.case_id
        where a.published_at is null and c.stage = 'closed') then 'epoch'::timestamptz
      else (select min(release_at) from advisory where state = 'ready' and release_at is not null) end as at`.execute(tx.db)
  return rows[0]?.at ?? null
}

/** Ids of ready advisories of these cases that are planned to come out. */
export async function plannedOf(tx: Tx, cases: readonly string[]): Promise<string[]> {
  if (cases.length === 0) return []
  const rows = await tx.db
    .selectFrom('advisory')
    .select('id')
    .where('case_id', 'in', [...cases])
    .where('state', '=', 'ready')
    .where('release_at', 'is not', null)
    .orderBy('release_at')
    .execute()
  return rows.map(({ id }) => id)
}

/** Drafts whose case was closed before they came out. */
export async function strandedDrafts(tx: Tx, most: number): Promise<{ id: string; case_id: string; key_slot: number }[]> {
  return await tx.db
    .selectFrom('advisory')
    .innerJoin('case_file', 'case_file.id', 'advisory.case_id')
    .select(['advisory.id', 'advisory.case_id', 'advisory.key_slot'])
    .where('advisory.published_at', 'is', null)
    .where('case_file.stage', '=', 'closed')
    .limit(most)
    .execute()
}

/** Removes a draft that never came out. */
export async function dropDraft(tx: Tx, id: string): Promise<void> {
  await tx.db.deleteFrom('advisory').where('id', '=', id).where('published_at', 'is', null).execute()
}

export interface AdvisoryEntry {
  readonly id: string
  readonly advisory: string
  readonly version: number
  readonly statement: object
  readonly interval: number
  readonly position: number
  readonly commitment: Buffer
}

/** Keeps what the ledger was given of a release, a correction or a withdrawal. */
export async function putAdvisoryEntry(tx: Tx, entry: AdvisoryEntry): Promise<void> {
  const { id, advisory, version, statement, interval, position, commitment } = entry
  const values = { id, advisory_id: advisory, version, statement: JSON.stringify(statement), position, commitment }
  await tx.db
    .insertInto('advisory_entry')
    .values({ ...values, interval_index: interval })
    .execute()
}
