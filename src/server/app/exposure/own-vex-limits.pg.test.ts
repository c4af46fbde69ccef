import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Principal } from '../../../core/access/principal.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { newId } from '../../../core/kernel/id.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { type FreshDatabase, freshDatabase } from '../../../devkit/pg.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { openExposureDesk } from './inventory-follow.ts'
import { KnownMemory } from './known-memory.ts'
import { addOwnVex, type VexLimits } from './own-vex-add.ts'
import { ReadingPlaces } from './reading-places.ts'

const PACE = { bytes: 1000, ms: 500 }

function vex(id: string, detail: string): Buffer {
  const statement = { vulnerability: { name: 'CVE-2026-0001' }, products: [{ '@id': 'pkg:npm/a@1.0.0' }], status: 'fixed' }
  const statements = [{ ...statement, status_notes: detail }]
  return Buffer.from(JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': id, author: 'Us', statements }))
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function* never(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{')
  await new Promise(() => {})
}

describe('VEX documents that are too much', () => {
  let database: FreshDatabase
  let desk: ExposureDesk
  let stop: () => Promise<void>
  const random = (length: number) => randomBytes(length)
  const operator = (organisation: Id<'organisation'>): Principal => ({
    kind: 'person',
    person: newId('person', random),
    organisation,
    roles: ['operator'],
    scopes: ['exposure:read', 'exposure:act'],
  })
  const [us, them] = [operator(newId('organisation', random)), operator(newId('organisation', random))]

  before(async () => {
    database = await freshDatabase()
    const clock = () => instant(Date.UTC(2026, 10, 21))
    const known = new KnownMemory()
    await known.apply([], { kev: null, epss: null }, 0)
    const ground = { store: database.store, keys: database.keys, blobs: memoryBlobs(), clock, random }
    const opened = openExposureDesk(ground, known, () => {})
    desk = opened.desk
    stop = opened.stop
  })
  after(async () => {
    await stop()
    await database.close()
  })

  async function add(who: Principal, source: AsyncIterable<Uint8Array>, over: Partial<VexLimits> = {}) {
    const limits = { places: new ReadingPlaces(3, 2), pace: PACE, size: 1 << 20, ...over }
    const answer = await addOwnVex(desk, who, { name: null, source }, limits)
    return answer.ok ? null : answer.code
  }

  test('keep no place by sending nothing, and leave one to others meanwhile', { timeout: 10_000 }, async () => {
    const places = new ReadingPlaces(3, 2)
    const slow = [0, 1].map(() => add(us, never(), { places }))
    await new Promise((done) => setTimeout(done, 20))
    assert.equal(await add(us, whole(vex('a', '')), { places }), 'server.unavailable')
    assert.equal(await add(them, whole(vex('a', '')), { places }), null)
    assert.deepEqual(await Promise.all(slow), ['request.invalid', 'request.invalid'])
    assert.equal(await add(us, whole(vex('a', '')), { places }), null)
  })

  test('take no more room than one organisation has; a new edition takes that of the former', async () => {
    const long = 'x'.repeat(1_500)
    const said = []
    for (const id of ['b', 'c', 'b']) said.push(await add(us, whole(vex(id, long)), { size: 3_000 }))
    assert.deepEqual(said, [null, 'quota.exceeded', null])
    assert.equal(await add(them, whole(vex('c', long)), { size: 3_000 }), null)
  })
})
