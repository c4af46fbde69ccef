import { sql } from 'kysely'
import type { Tx } from './connection.ts'

/** How many rows of each kind a docket has, and the names of its blobs. */
export async function countDocket(tx: Tx, id: string): Promise<{ counts: Record<string, number>; blobs: string[] }> {
  const { rows } = await sql<{ papers: number; runSets: number; attempts: number }>`
    select (select count(*) from docket_paper where docket_id = ${id})::int as papers,
      (select count(*) from run_set where docket_id = ${id})::int as "runSets",
      (select count(*) from run_attempt where docket_id = ${id})::int as attempts`.execute(tx.db)
  const blobs = await sql<{ blob: string }>`
    select blob from docket_paper where docket_id = ${id} and blob is not null
    union select transcript from run_attempt where docket_id = ${id} and transcript is not null`.execute(tx.db)
  return { counts: { ...rows[0]! }, blobs: blobs.rows.map((row) => row.blob) }
}

/** Asks a docket's run sets to stop; answers how many still run. */
export async function stopRuns(tx: Tx, id: string): Promise<number> {
  const open = tx.db.updateTable('run_set').set({ stop_asked: true }).where('docket_id', '=', id)
  await open.where('state', 'in', ['waiting', 'running']).execute()
  const row = await tx.db
    .selectFrom('run_set')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('docket_id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Deletes everything of a docket that had content. Harmless where nothing is left. */
export async function deleteContent(tx: Tx, id: string): Promise<void> {
  await tx.db.deleteFrom('docket_paper').where('docket_id', '=', id).execute()
  await tx.db.deleteFrom('run_attempt').where('docket_id', '=', id).execute()
  await tx.db.deleteFrom('run_set').where('docket_id', '=', id).execute()
}

/** Puts the skeleton of a docket under a key of its own in the place of its body; the other slots stay until they are destroyed. */
export async function replaceBody(tx: Tx, id: string, slot: number, body: Buffer): Promise<void> {
  await tx.db.updateTable('docket').set({ key_j: slot, body }).where('id', '=', id).execute()
}

/** In how many rows of all tables one of those texts stands, and how many rows there are. Bytes are compared as hexadecimal. */
export async function searchRows(tx: Tx, texts: readonly string[]): Promise<{ rows: number; found: number }> {
  const tables = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('weir', 'pgboss')
      and has_table_privilege(c.oid, 'select')`.execute(tx.db)
  const patterns = texts.map((text) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)
  let rows = 0
  let found = 0
  for (const { schema, name } of tables.rows) {
    const { rows: counted } = await sql<{ all: number; found: number }>`
      select count(*)::int as all, count(*) filter (where t::text like any(${patterns}))::int as found
      from ${sql.table(`${schema}.${name}`)} t`.execute(tx.db)
    rows += counted[0]?.all ?? 0
    found += counted[0]?.found ?? 0
  }
  return { rows, found }
}

/** The newest entry of a docket's log: its number and digest. */
export async function logHead(tx: Tx, id: string): Promise<{ entries: number; head: string }> {
  const row = await tx.db
    .selectFrom('docket_access')
    .select(['entry', 'hash'])
    .where('docket_id', '=', id)
    .orderBy('entry', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { entries: row?.entry ?? 0, head: row === undefined ? '' : row.hash.toString('hex') }
}
