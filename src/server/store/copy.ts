import { once } from 'node:events'
import type { PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import type { Tx } from './connection.ts'
import { type ColumnType, CopyWriter } from './copy-format.ts'

// COPY … FROM STDIN in PostgreSQL's binary format: sealed bytes go in as they are, without the doubling of hex text.

/** Columns of one table in the order they are sent. */
export type Layout<Row> = { readonly [Column in keyof Row]?: ColumnType }

/**
 * Writes `rows` into `table` through the client of a running transaction. COPY does not write into tables with row-level
 * security, so rows go through a staging table of the connection, and the table's own policy judges each. Column names come
 * from `layout`, never from input.
 */
export async function copyRows<Row extends object>(
  { client }: Pick<Tx, 'client'>,
  table: string,
  layout: Layout<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.entries(layout) as [keyof Row & string, ColumnType][]
  const names = columns.map(([name]) => name).join(', ')
  await readyStage(client, table, names)
  await copyInto(client, `stage_${table}`, columns, rows)
  await client.query(`insert into weir.${table} (${names}) select ${names} from stage_${table}`)
  // A second batch of the same transaction must not carry the first one along; the end of the transaction empties it anyway.
  await client.query(`delete from stage_${table}`)
}

const staged = new WeakMap<PoolClient, Set<string>>()

/** Makes the connection's staging table once; it lives as long as the connection. */
async function readyStage(client: PoolClient, table: string, names: string): Promise<void> {
  const known = staged.get(client) ?? new Set()
  if (known.has(table)) return
  await client.query(
    `create temp table if not exists stage_${table} on commit delete rows as select ${names} from weir.${table} with no data`,
  )
  // Undone with its transaction if that fails: made again then, because it is noted only here and made "if not exists".
  known.add(table)
  staged.set(client, known)
}

/** Forgets what a rolled back transaction may have made. */
export function forgetStages(client: PoolClient): void {
  staged.delete(client)
}

const PIECE = 512 << 10

/** Writes `rows` into a table without row-level security, or one of the connection's own, through a client in a transaction or not. */
export async function copyInto<Row extends object>(
  client: PoolClient,
  table: string,
  columns: [keyof Row & string, ColumnType][],
  rows: readonly Row[],
): Promise<void> {
  const stream = client.query(from(`copy ${table} (${columns.map(([name]) => name).join(', ')}) from stdin (format binary)`))
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  const finished = once(stream, 'finish')
  finished.catch(() => {})
  const writer = new CopyWriter()
  for (const row of rows) {
    writer.startRow(columns.length)
    for (const [name, type] of columns) writer.field(type, row[name])
    if (writer.length > PIECE && !stream.write(writer.take())) await Promise.race([once(stream, 'drain'), failed])
  }
  writer.end()
  stream.end(writer.take())
  await Promise.race([finished, failed])
}
