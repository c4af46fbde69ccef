import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { type FreshDatabase, withDatabase } from '../../devkit/pg.ts'
import { inTransaction } from './connection.ts'
import { copyRows, type Layout } from './copy.ts'

interface Row {
  readonly organisation_id: string
  readonly n: number
  readonly small: number | null
  readonly share: number | null
  readonly at: number | null
  readonly bytes: Buffer | null
  readonly text: string | null
  readonly words: readonly string[] | null
  readonly tokens: readonly string[] | null
  readonly body: object | null
}
const LAYOUT: Layout<Row> = {
  organisation_id: 'text',
  n: 'int4',
  small: 'int2',
  share: 'real',
  at: 'timestamptz',
  bytes: 'bytea',
  text: 'text',
  words: 'textArray',
  tokens: 'int8Array',
  body: 'jsonb',
}

/** A table like those of intake: one organisation's rows only. */
async function plant({ owner }: FreshDatabase): Promise<void> {
  await owner.query(`create table weir.plot (organisation_id text not null, n int primary key, small smallint, share real, at timestamptz,
     bytes bytea, text text, words text[], tokens bigint[], body jsonb);
   alter table weir.plot enable row level security;
   create policy own on weir.plot using (organisation_id = current_setting('weir.organisation', true));
   grant select, insert on weir.plot to public; grant usage on schema weir to public`)
}

const row = (n: number, more: Partial<Row> = {}): Row => ({
  organisation_id: 'org_a',
  n,
  small: -32_768 + n,
  share: 0.25,

  at: Date.UTC(1969, 6, 20) + n,
  bytes: Buffer.from([0, 255, n]),
  text: 'ünï\tcode\n\\N "quoted" 漢字 🌊',
  words: ['', 'a,b', '{c}', 'NULL', '"'],
  tokens: ['0', '-1', '9223372036854775807'],
  body: { a: [1, 'zwei', null], n },
  ...more,
})
const empty = row(2, {
  small: null,
  share: null,

  at: null,
  bytes: null,
  text: null,
  words: null,
  tokens: null,
  body: null,
})
const bare = row(3, { bytes: Buffer.alloc(0), text: '', words: [], tokens: [], at: Date.UTC(2026, 10, 21, 1, 2, 3, 4) })

test('every type goes in as it is and comes out the same', async (t) => {
  await withDatabase(t, async (database) => {
    await plant(database)
    const rows = [row(1), empty, bare]
    const read = await inTransaction(database.store, { organisation: 'org_a' }, async (tx) => {
      await copyRows(tx, 'plot', LAYOUT, rows)
      return (
        await tx.client.query(
          `select organisation_id, n, small, share, at, bytes, text, words, tokens::text[] as tokens, body from plot order by n`,
        )
      ).rows
    })
    assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(rows)))
  })
})

test('the table’s own policy judges every row, and one wrong row keeps all out', async (t) => {
  await withDatabase(t, async (database) => {
    await plant(database)
    const mixed = inTransaction(database.store, { organisation: 'org_a' }, (tx) =>
      copyRows(tx, 'plot', LAYOUT, [row(1), row(2, { organisation_id: 'org_b' })]),
    )
    await assert.rejects(mixed, { code: '42501' })
    assert.deepEqual((await database.owner.query('select n from weir.plot')).rows, [])
    await inTransaction(database.store, { organisation: 'org_b' }, (tx) =>
      copyRows(tx, 'plot', LAYOUT, [row(2, { organisation_id: 'org_b' })]),
    )
    assert.deepEqual((await database.owner.query('select n from weir.plot')).rows, [{ n: 2 }])
  })
})

test('batches of one connection do not carry each other along, also after one that failed', async (t) => {
  await withDatabase(t, async (database) => {
    await plant(database)
    const put = (...batches: Row[][]) =>
      inTransaction(database.store, { organisation: 'org_a' }, async (tx) => {
        for (const batch of batches) await copyRows(tx, 'plot', LAYOUT, batch)
      })
    const failed = inTransaction(database.store, { organisation: 'org_a' }, async (tx) => {
      await copyRows(tx, 'plot', LAYOUT, [row(9)])
      throw new Error('on second thoughts')
    })
    await assert.rejects(failed, /second thoughts/)
    await put([row(1)], [row(2)], [])
    await assert.rejects(put([row(3)], [row(1)]), { code: '23505' })
    await put([row(4)])
    assert.deepEqual((await database.owner.query('select n from weir.plot order by n')).rows, [{ n: 1 }, { n: 2 }, { n: 4 }])
  })
})

test('many large rows go in without being held at once', async (t) => {
  await withDatabase(t, async (database) => {
    await plant(database)
    const bytes = randomBytes(100_000)
    const rows = Array.from({ length: 120 }, (_, n) => row(n, { bytes }))
    await inTransaction(database.store, { organisation: 'org_a' }, (tx) => copyRows(tx, 'plot', LAYOUT, rows))
    const { rows: sums } = await database.owner.query(
      `select count(*)::int as n, count(distinct md5(bytes))::int as kinds, sum(length(bytes))::int as size from weir.plot`,
    )
    assert.deepEqual(sums, [{ n: 120, kinds: 1, size: 12_000_000 }])
  })
})
