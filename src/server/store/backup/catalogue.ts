import type { ClientBase } from 'pg'
import pg from 'pg'

export interface Column {
  readonly name: string
  readonly type: string
}

export interface Table {
  readonly schema: string
  readonly name: string
  readonly columns: readonly Column[]
}

export interface Sequence {
  readonly schema: string
  readonly name: string
  readonly value: string
  readonly called: boolean
}

/** Tables that say how the schema came about; every migrated database has its own. */
const OF_MIGRATION = ['kysely_migration', 'kysely_migration_lock']

/** Tables in which migrations leave rows; the backup's take their place. */
export const SEEDED = ['sequencer', 'work_lock', 'case_teller', 'known_clock', ...OF_MIGRATION]

export const quote = ({ schema, name }: { schema: string; name: string }): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`

/** Tables of schema `weir` and the job table, parents before those that refer to them. */
export async function readTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ oid: number; schema: string; name: string; columns: Column[] }>(
    `select c.oid::int8::text as oid, n.nspname as schema, c.relname as name,
            (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum), '[]')
             from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition
       and (n.nspname = 'weir' and c.relname <> all ($1) or n.nspname = 'pgboss' and c.relname = 'job')
     order by n.nspname desc, c.relname`,
    [OF_MIGRATION],
  )
  const refers = await client.query<{ child: string; parent: string }>(
    `select conrelid::int8::text as child, confrelid::int8::text as parent from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  )
  return parentsFirst(
    rows.map((row) => ({ ...row, oid: String(row.oid) })),
    refers.rows,
  ).map(({ schema, name, columns }) => ({ schema, name, columns }))
}

function parentsFirst<T extends { oid: string; name: string }>(
  tables: readonly T[],
  refers: readonly { child: string; parent: string }[],
): T[] {
  const left = new Set(tables)
  const out: T[] = []
  while (left.size > 0) {
    const waiting = new Set([...left].map(({ oid }) => oid))
    const ready = [...left].filter(({ oid }) => !refers.some(({ child, parent }) => child === oid && waiting.has(parent)))
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${[...left].map(({ name }) => name).join(', ')}`)
    for (const table of ready) {
      out.push(table)
      left.delete(table)
    }
  }
  return out
}

/** Sequences of schema `weir` with where they stand. */
export async function readSequences(client: ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname = 'weir' order by 2`,
  )
  const out: Sequence[] = []
  for (const row of rows) {
    const at = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quote(row)}`,
    )
    out.push({ ...row, ...at.rows[0]! })
  }
  return out
}

/** The newest migration that was run, and the version of the job tables. */
export async function readLevel(client: ClientBase): Promise<{ schema: string; jobs: string }> {
  const { rows } = await client.query<{ schema: string; jobs: string }>(
    `select (select name from weir.kysely_migration order by name desc limit 1) as schema, (select version::text from pgboss.version limit 1) as jobs`,
  )
  return rows[0]!
}
