import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { instant } from '../../core/kernel/instant.ts'
import { memoryBlobs } from '../../devkit/memory-blobs.ts'
import { withDatabase } from '../../devkit/pg.ts'
import { SAMPLE_PUBLISHER } from '../../devkit/sample-edition.ts'
import { knownDesk } from '../app/exposure/known-desk.ts'
import { takeKnown } from '../app/exposure/known-import.ts'
import { Ear } from '../jobs/ear.ts'
import { openStore } from '../store/connection.ts'
import { startKnownRecords } from './known-records.ts'

test('a server reads records in the background, and what another process takes in it knows a moment later', async (t) => {
  await withDatabase(t, async ({ store, keys, connect }) => {
    const ground = { store, keys, blobs: memoryBlobs(), random: (n: number) => randomBytes(n) }
    const other = knownDesk({ ...ground, store: openStore(connect.app, 2), clock: () => instant(Date.now()) }, assert.ifError)
    const take = async (id: string) => {
      const affected = [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['1.0.0'] }]
      const source = (async function* () {
        yield Buffer.from(JSON.stringify({ id, modified: '2026-01-01T00:00:00Z', affected }))
      })()
      const taken = await takeKnown(other, { source, feed: 'all', kind: null, whole: null }, null)
      assert.ok(taken.ok)
    }
    await take('GHSA-1')
    const ear = new Ear(store)
    const accidents: unknown[] = []
    const tell = () => (error: unknown) => void accidents.push(error)
    const known = startKnownRecords({ ...ground, clock: () => instant(Date.now()) }, SAMPLE_PUBLISHER, ear, tell)
    const until = async (reached: () => boolean) => {
      for (let n = 0; n < 3000 && !reached(); n++) await wait(10)
      assert.ok(reached())
    }
    try {
      assert.equal(known.desk.book.loaded, false)
      await until(() => known.desk.book.loaded)
      assert.equal(known.desk.book.recordsOf('GHSA-1').length, 1)
      await take('GHSA-2')
      // Nothing but a NOTIFY tells it.
      await until(() => known.desk.book.recordsOf('GHSA-2').length === 1)
      assert.deepEqual(accidents, [])
    } finally {
      await known.stop()
      await ear.close()
      await other.store.pool.end()
    }
  })
})
