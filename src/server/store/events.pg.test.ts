import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenStore, Cut } from '../../devkit/broken-store.ts'
import { type FreshDatabase, withDatabase } from '../../devkit/pg.ts'
import { inTransaction } from './connection.ts'
import { appendEvents, type NewEvent, numberEvents } from './events.ts'

const event = (id: string, version: number, at = 0): NewEvent => ({
  aggregate: 'flaw',
  aggregate_id: id,
  version,
  type: 'flaw-opened',
  at,
  actor: 'system:test',
  payload: { findings: [id] },
})

const numbers = async ({ owner }: FreshDatabase): Promise<(number | null)[]> =>
  (await owner.query<{ seq: string | null }>('select seq from weir.event order by seq')).rows.map(({ seq }) =>
    seq === null ? null : Number(seq),
  )

test('events are numbered from 1 without gaps, few or many, once', async (t) => {
  await withDatabase(t, async (database) => {
    for (const count of [3, 40])
      await inTransaction(database.store, 'none', (tx) =>
        appendEvents(
          tx,
          Array.from({ length: count }, (_, n) => event(`a${count}`, n + 1, n)),
        ),
      )
    assert.deepEqual(
      [await numberEvents(database.store, 10), await numberEvents(database.store), await numberEvents(database.store)],
      [10, 33, 0],
    )
    assert.deepEqual(
      await numbers(database),
      Array.from({ length: 43 }, (_, n) => n + 1),
    )
  })
})

test('what commits late gets a later number: a reader never skips an event', async (t) => {
  await withDatabase(t, async (database) => {
    const { store } = database
    await inTransaction(store, 'none', async (tx) => {
      await appendEvents(tx, [event('slow', 1, 0)])
      await inTransaction(store, 'none', (other) => appendEvents(other, [event('quick', 1, 1000)]))
      assert.equal(await numberEvents(store), 1)
    })
    assert.equal(await numberEvents(store), 1)
    const { rows } = await database.owner.query('select aggregate_id from weir.event order by seq')
    assert.deepEqual(rows, [{ aggregate_id: 'quick' }, { aggregate_id: 'slow' }])
  })
})

test('several sequencers and writers at once leave neither gap nor double', async (t) => {
  await withDatabase(t, async (database) => {
    const write = async (id: string) => {
      for (let version = 1; version <= 15; version++)
        await inTransaction(database.store, 'none', (tx) => appendEvents(tx, [event(id, version)]))
    }
    const number = async () => {
      for (let n = 0; n < 15; n++) await numberEvents(database.store, 4)
    }
    await Promise.all([write('a'), write('b'), write('c'), number(), number()])
    while ((await numberEvents(database.store)) > 0) {}
    assert.deepEqual(
      await numbers(database),
      Array.from({ length: 45 }, (_, n) => n + 1),
    )
  })
})

test('a second writer of a version runs again and sees what the first wrote; one that cannot win gives up', async (t) => {
  await withDatabase(t, async ({ store, owner }) => {
    const next = () =>
      inTransaction(store, 'none', async (tx) => {
        const { rows } = await tx.client.query<{ last: number }>(
          `select coalesce(max(version), 0) as last from event where aggregate_id = 'a'`,
        )
        await new Promise((go) => setTimeout(go, 20))
        await appendEvents(tx, [event('a', rows[0]!.last + 1)])
      })
    await Promise.all([next(), next(), next()])
    const { rows } = await owner.query('select version from weir.event order by version')
    assert.deepEqual(rows, [{ version: 1 }, { version: 2 }, { version: 3 }])
    let tries = 0
    const stubborn = inTransaction(store, 'none', async (tx) => {
      tries++
      await appendEvents(tx, [event('a', 1)])
    })
    await assert.rejects(stubborn, { code: '23505' })
    assert.ok(tries > 1)
  })
})

test('a numbering that was cut is done by the next, with the same numbers', async (t) => {
  await withDatabase(t, async (database) => {
    await inTransaction(database.store, 'none', (tx) => appendEvents(tx, [event('a', 1), event('a', 2)]))
    for (const cut of ['update event', 'update "sequencer"', 'commit'])
      await assert.rejects(
        numberEvents(brokenStore(database.store, (text) => (text.trim().includes(cut) ? 'lost' : 'well'))),
        Cut,
        cut,
      )
    assert.deepEqual(await numbers(database), [null, null])
    await assert.rejects(numberEvents(brokenStore(database.store, (text) => (text === 'commit' ? 'unheard' : 'well'))), Cut)
    assert.equal(await numberEvents(database.store), 0)
    assert.deepEqual(await numbers(database), [1, 2])
  })
})
