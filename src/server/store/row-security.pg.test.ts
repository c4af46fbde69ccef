import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type FreshDatabase, withDatabase } from '../../devkit/pg.ts'
import { inTransaction, type Scope } from './connection.ts'

// Every table that holds something of undisclosed work, by hand: a table that loses its net fails here.
const OF_SENDER = ['report', 'receipt', 'finding', 'sure_key', 'target', 'evidence', 'validation']
const OF_OPERATOR = [
  ...['inventory', 'obligation', 'exposure_vex', 'edge_device', 'exposure_rule', 'exposure_day', 'exposure_act'],
  ...['patched_report', 'own_duty'],
]
const OWN = [...OF_SENDER, ...OF_OPERATOR]
const OF_COORDINATION = ['member', 'flaw', 'suggestion', 'judgement', 'message', 'candidate_key', 'apart', 'proof_edge']

/** One row of any table with whatever fits its columns. */
async function plant({ owner }: FreshDatabase, table: string, organisation: string): Promise<void> {
  const { rows } = await owner.query<{ column_name: string; data_type: string }>(
    `select column_name, data_type from information_schema.columns where table_schema = 'weir' and table_name = $1 and (is_nullable = 'NO' or column_name = 'organisation_id') and column_default is null and is_identity = 'NO'`,
    [table],
  )
  const value = (name: string, type: string) =>
    name === 'organisation_id'
      ? `'${organisation}'`
      : type === 'bytea'
        ? `decode(md5('${organisation}'), 'hex')`
        : type === 'timestamp with time zone' || type === 'date'
          ? 'now()'
          : type === 'ARRAY'
            ? `'{}'`
            : type === 'boolean'
              ? 'false'
              : type === 'jsonb'
                ? `'{}'`
                : type === 'text'
                  ? `'x-${organisation}'`
                  : '0'
  const columns = rows.map(({ column_name }) => column_name)
  await owner.query(
    `insert into weir.${table} (${columns.join(', ')}) values (${rows.map(({ column_name, data_type }) => value(column_name, data_type)).join(', ')})`,
  )
}

async function seen({ store }: FreshDatabase, table: string, scope: Scope): Promise<number> {
  return await inTransaction(store, scope, async ({ db }) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db)
    return rows[0]!.n
  })
}

test('without a stated scope the server’s role reads nothing secret; with one organisation’s, only what that one sent', async (t) => {
  await withDatabase(t, async (database) => {
    for (const table of [...OWN, ...OF_COORDINATION]) {
      for (const organisation of ['org_a', 'org_b']) await plant(database, table, organisation)
      assert.equal(await seen(database, table, 'all'), 2, `${table}: planted`)
      assert.equal(await seen(database, table, 'none'), 0, `${table}: no scope`)
      assert.equal(
        await seen(database, table, { organisation: 'org_a' }),
        OWN.includes(table) ? 1 : 0,
        `${table}: one organisation`,
      )
      assert.equal(await seen(database, table, { organisation: '' }), 0, `${table}: nameless organisation`)
      const { rows } = await database.store.pool.query(`select count(*)::int as n from ${table}`)
      assert.equal(rows[0].n, 0, `${table}: outside a transaction`)
    }
  })
})

test('a row cannot be written or moved into another organisation’s', async (t) => {
  await withDatabase(t, async (database) => {
    for (const table of ['receipt', ...OF_OPERATOR] as const) {
      await plant(database, table, 'org_a')
      const move = inTransaction(
        database.store,
        { organisation: 'org_a' },
        async ({ db }) => await sql`update ${sql.table(table)} set organisation_id = 'org_b'`.execute(db),
      )
      await assert.rejects(move, /row-level security/, table)
    }
  })
})

test('every table with an organisation’s or a flaw’s rows is under the net or named here as not secret', async (t) => {
  // A runner has its name, its public key and what it offers; a project what it publishes about itself; opt-outs, routes, scan requests and their entries are public, and so are what is said of the order's and the directive's duties and what other people's databases say of flaws. People, tokens and invites are the administrator's; events and the ledger's tables hold ids and digests; the queue and quota counts.
  const OPEN = [
    'organisation',
    'person',
    'identity',
    'passkey',
    'recovery_code',
    'session',
    'invite',
    'token',
    'challenge',
    'cluster_queue',
    'event',
    'sequencer',
    'work_lock',
    'ledger_clock',
    'ledger_leaf',
    'ledger_interval',
    'tally',
    'quota',
    'setting',
    'runner',
    'project',
    'opt_out',
    'scan_route',
    'scan_request',
    'scan_entry',
    'advisory_entry',
    'duty_track',
    'duty_entry',
    'known_item',
    'known_import',
    'known_catalogue',
    'known_clock',
    'kysely_migration',
    'kysely_migration_lock',
  ]
  await withDatabase(t, async ({ owner }) => {
    const { rows } = await owner.query<{ relname: string }>(
      `select relname from pg_class where relkind = 'r' and relnamespace = 'weir'::regnamespace and not relrowsecurity`,
    )
    assert.deepEqual(
      rows.map(({ relname }) => relname).filter((name) => !OPEN.includes(name)),
      [],
    )
  })
})
