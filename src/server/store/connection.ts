import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { forgetStages } from './copy.ts'
import type { Tables } from './tables.ts'

/** Queries outside any transaction, for what has no secret rows (sessions, settings, the ledger's public parts). */
export type Database = Kysely<Tables>

/** One running transaction: `db` for queries, `client` for COPY on the same connection. */
export interface Tx {
  readonly db: Kysely<Tables>
  readonly client: pg.PoolClient
}

/** What one transaction may touch below the policy: everything (workers, coordination) or one organisation's own rows. */
export type Scope = 'all' | 'none' | { readonly organisation: string }

export interface Store {
  readonly pool: pg.Pool
  readonly db: Database
}

const TIMESTAMPTZ = 1184
const INT8 = 20
const DATE = 1082

/** Instants travel as epoch milliseconds, 64-bit integers as numbers (all of ours stay below 2^53), dates as text. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === TIMESTAMPTZ) return (text: string) => Date.parse(text)
    if (format !== 'binary' && oid === INT8) return Number
    if (format !== 'binary' && oid === DATE) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

/** A pool of at most `max` connections; the schema `weir` is the only one on the path. */
export function openStore(options: pg.PoolConfig, max: number): Store {
  const pool = new pg.Pool({
    ...options,
    max,
    types: TYPES,
    options: '-c search_path=weir -c TimeZone=UTC -c DateStyle=ISO -c temp_buffers=16MB',
  })
  // An idle connection that the server drops must not take the process with it.
  pool.on('error', () => {})
  // Nor one that dies between two queries, or on its way out: the next query fails, and that is all there is to do about it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return { pool, db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) }
}

// Another writer got there first: serialisation failure, deadlock, unique key. The second look sees what it wrote.
const CONFLICTS = new Set(['40001', '40P01', '23505'])

const TRIES = 6

/** `by-key`: every look-up goes by its index, for work that adds rows by the thousand. */
export type Plan = 'free' | 'by-key'

/** Runs `work` in one transaction under `scope`, again from its start after a conflict; throws after six tries. */
export async function inTransaction<T>(
  store: Store,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  plan: Plan = 'free',
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(store, scope, work, plan)
    } catch (error) {
      if (attempt >= TRIES || !CONFLICTS.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** Both in one message, for every transaction begins so. */
function beginning(scope: Scope): string {
  const of = pg.escapeLiteral(typeof scope === 'object' ? scope.organisation : '')
  return `begin; select set_config('weir.scope', '${scope === 'all' ? 'all' : ''}', true), set_config('weir.organisation', ${of}, true)`
}
// A table that grew by a million rows since its statistics were taken is planned as if it were small: state the plan instead.
const BY_KEY = 'set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_seqscan = off'

async function once<T>(store: Store, scope: Scope, work: (tx: Tx) => Promise<T>, plan: Plan): Promise<T> {
  const client = await store.pool.connect()
  let broken: Error | undefined
  try {
    await client.query(beginning(scope))
    if (plan === 'by-key') await client.query(BY_KEY)
    const result = await work({ db: onClient(client), client })
    await client.query('commit')
    return result
  } catch (error) {
    forgetStages(client)
    await client.query('rollback').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const OF_CLIENTS = new WeakMap<pg.PoolClient, Kysely<Tables>>()

/** Kysely on one held connection, made once for each: the transaction belongs to us, not to it. */
function onClient(client: pg.PoolClient): Kysely<Tables> {
  const known = OF_CLIENTS.get(client)
  if (known !== undefined) return known
  const held = { query: client.query.bind(client), release() {} }
  const pool = { connect: async () => held, end: async () => {} }
  const made = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) })
  OF_CLIENTS.set(client, made)
  return made
}

/** Epoch milliseconds as a timestamptz parameter. */
export function at(ms: number) {
  return sql<number>`to_timestamp(${ms}::double precision / 1000)`
}
