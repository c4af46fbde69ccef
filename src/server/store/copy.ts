import { once } from 'node:events'
import type { PoolClient } from 'pg'
import { from } from 'pg-copy-streams'
import type { Tx } from './connection.ts'

// COPY … FROM STDIN in PostgreSQL's binary format: sealed bytes go in as they are, without the doubling of hex text.

const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.from([0xff, 0xff])
// PostgreSQL counts microseconds from 2000-01-01.
const EPOCH_2000_MS = 946_684_800_000

/** One encoder for one column type: the field's bytes, or null. */
export type Encoder = (value: never) => Buffer | null

const nullable =
  <T>(encode: (value: T) => Buffer) =>
  (value: T | null): Buffer | null =>
    value === null ? null : encode(value)

function int(bytes: 2 | 4): (value: number) => Buffer {
  return (value) => {
    const out = Buffer.allocUnsafe(bytes)
    out.writeIntBE(value, 0, bytes)
    return out
  }
}

function float4(value: number): Buffer {
  const out = Buffer.allocUnsafe(4)
  out.writeFloatBE(value)
  return out
}

function timestamptz(ms: number): Buffer {
  const out = Buffer.allocUnsafe(8)
  out.writeBigInt64BE(BigInt(ms - EPOCH_2000_MS) * 1000n)
  return out
}

function array(oid: number, items: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(items.length === 0 ? 12 : 20)
  head.writeInt32BE(items.length === 0 ? 0 : 1, 0)
  head.writeInt32BE(oid, 8)
  if (items.length > 0) {
    head.writeInt32BE(items.length, 12)
    head.writeInt32BE(1, 16)
  }
  return Buffer.concat([head, ...items.flatMap((item) => [int(4)(item.length), item])])
}

function int8(value: string): Buffer {
  const out = Buffer.allocUnsafe(8)
  out.writeBigInt64BE(BigInt(value))
  return out
}

export const ENCODE = {
  text: nullable((value: string) => Buffer.from(value, 'utf8')),
  bytea: nullable((value: Buffer) => value),
  int2: nullable(int(2)),
  int4: nullable(int(4)),
  real: nullable(float4),
  bool: nullable((value: boolean) => Buffer.from([value ? 1 : 0])),
  timestamptz: nullable(timestamptz),
  textArray: nullable((value: readonly string[]) =>
    array(
      25,
      value.map((text) => Buffer.from(text, 'utf8')),
    ),
  ),
  int8Array: nullable((value: readonly string[]) => array(20, value.map(int8))),
  /** jsonb's binary form is a version byte and the text. */
  jsonb: nullable((value: object) => Buffer.concat([Buffer.from([1]), Buffer.from(JSON.stringify(value), 'utf8')])),
}

export type ColumnType = keyof typeof ENCODE

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

async function copyInto<Row extends object>(
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
  const encoders = columns.map(([name, type]) => [name, ENCODE[type] as (value: unknown) => Buffer | null] as const)
  let parts: Buffer[] = [HEADER]
  let held = 0
  const count = int(2)(columns.length)
  for (const row of rows) {
    parts.push(count)
    for (const [name, encode] of encoders) {
      const field = encode(row[name])
      parts.push(int(4)(field === null ? -1 : field.length))
      if (field !== null) parts.push(field)
      held += field?.length ?? 0
    }
    if (held > 1 << 20) {
      if (!stream.write(Buffer.concat(parts))) await Promise.race([once(stream, 'drain'), failed])
      parts = []
      held = 0
    }
  }
  parts.push(TRAILER)
  stream.end(Buffer.concat(parts))
  await Promise.race([finished, failed])
}
