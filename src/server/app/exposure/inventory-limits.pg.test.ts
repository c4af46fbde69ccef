import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Principal } from '../../../core/access/principal.ts'
import { about } from '../../../core/exposure/advisory-samples.ts'
import { newId } from '../../../core/kernel/id.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { type FreshDatabase, freshDatabase } from '../../../devkit/pg.ts'
import { inTransaction } from '../../store/connection.ts'
import { countInventories } from '../../store/inventory.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { addInventory, type KeepingLimits } from './inventory-add.ts'
import { checkInventory } from './inventory-check.ts'
import { dropInventory } from './inventory-edit.ts'
import { openExposureDesk } from './inventory-follow.ts'
import { KnownMemory } from './known-memory.ts'
import { ReadingPlaces } from './reading-places.ts'

// The limits of docs/hosted.md, made small: what is beyond one is refused with a reason, and leaves nothing.

const ROOM = { rows: 10_000, distinct: 10_000, stated: 10_000 }
const SMALL = { bytes: 4 << 20, distinct: 50, inventories: 3, room: ROOM, owed: 1_000, pace: { bytes: 1000, ms: 500 } }

describe('an inventory that is too much', () => {
  let database: FreshDatabase
  let desk: ExposureDesk
  let stop: () => Promise<void>
  let who: Principal

  before(async () => {
    database = await freshDatabase()
    const ground = {
      store: database.store,
      keys: database.keys,
      blobs: memoryBlobs(),
      clock: () => instant(Date.UTC(2026, 10, 21)),
      random: (length: number) => randomBytes(length),
    }
    who = {
      kind: 'person',
      person: newId('person', ground.random),
      organisation: newId('organisation', ground.random),
      roles: ['operator'],
      scopes: ['exposure:read', 'exposure:act'],
    }
    const known = new KnownMemory()
    await known.apply([], { kev: null, epss: null }, 0)
    const opened = openExposureDesk(ground, known, () => {})
    desk = opened.desk
    stop = opened.stop
  })
  after(async () => {
    await stop()
    await database.close()
  })

  const places = () => new ReadingPlaces(2, 2)
  async function add(asset: string, body: Uint8Array | AsyncIterable<Uint8Array>, over: Partial<KeepingLimits> = {}) {
    const source = body instanceof Uint8Array ? inPieces(body) : body
    const given = { asset, tags: null, name: null, source }
    return await addInventory(desk, who, given, { ...SMALL, places: places(), ...over })
  }
  const kept = () =>
    inTransaction(desk.store, { organisation: who.organisation! }, (tx) => countInventories(tx, who.organisation!))
  const codeOf = async (answer: ReturnType<typeof add>) => {
    const got = await answer
    return got.ok ? null : got.code
  }

  test('has no more bytes than are taken once unpacked, however small it came', async () => {
    const spaces = Buffer.concat([bom(3), Buffer.alloc(SMALL.bytes, ' ')])
    for (const body of [spaces, gzipSync(spaces), zstdCompressSync(spaces)])
      assert.equal(await codeOf(add('bomb', body)), 'request.too-large')
    assert.equal(await kept(), 0)
    assert.equal(await codeOf(add('fits', gzipSync(spaces.subarray(0, SMALL.bytes)))), null)
  })

  test('has no more distinct components than are taken; the same ones again are no more', async () => {
    assert.equal(await codeOf(add('fits', bom(SMALL.distinct))), null)
    assert.equal(await codeOf(add('fits', Buffer.from(bom(SMALL.distinct).toString().replaceAll('0.9', '0.8')))), null)
    const before = await kept()
    assert.equal(await codeOf(add('fits', bom(SMALL.distinct + 1))), 'inventory.refused')
    const twice = JSON.parse(bom(SMALL.distinct).toString())
    twice.components = [...twice.components, ...twice.components]
    assert.equal(await codeOf(add('fits', Buffer.from(JSON.stringify(twice)))), null)
    assert.equal(await kept(), before)
    assert.equal(desk.book.rows, SMALL.distinct)
  })

  test('is not the one more than an organisation keeps; one that takes another’s place is no more', async () => {
    for (const asset of ['second', 'third']) assert.equal(await codeOf(add(asset, bom(1))), null)
    assert.equal(await codeOf(add('fourth', bom(1))), 'quota.exceeded')
    assert.equal(await codeOf(add('third', bom(2))), null)
    assert.equal(await kept(), SMALL.inventories)
  })

  test('takes no more of the memory of all than one organisation has; what it has already is no more', async () => {
    const [rows, twenty] = [desk.book.rows, { inventories: 20 }]
    const distinct = { ...twenty, room: { ...ROOM, distinct: SMALL.distinct + 1 } }
    assert.equal(
      await codeOf(add('more', bom(SMALL.distinct), { ...twenty, room: { ...ROOM, rows: rows + 49 } })),
      'quota.exceeded',
    )
    assert.equal(await codeOf(add('more', other(2), distinct)), 'quota.exceeded')
    assert.equal(desk.book.rows, rows)
    assert.equal(await codeOf(add('more', bom(SMALL.distinct), distinct)), null)
    assert.equal(await codeOf(add('more', other(1), distinct)), null)
    assert.equal(await codeOf(add('more', other(1, 'y'), distinct)), null)
    assert.equal(await codeOf(add('much', other(1), distinct)), 'quota.exceeded')
    const stated = { ...twenty, room: { ...ROOM, stated: 300 } }
    assert.equal(await codeOf(add('more', saying(200), stated)), null)
    assert.equal(await codeOf(add('much', saying(200), stated)), 'quota.exceeded')
    assert.equal(await codeOf(add('more', saying(250), stated)), null)
    assert.equal(await codeOf(add('much', saying(200, 'undecided'), stated)), null)
    for (const asset of [...desk.book.assets].filter((one) => one.asset.startsWith('mu') || one.asset === 'more'))
      await dropInventory(desk, who, asset.inventory)
    assert.equal(desk.book.rows, rows)
  })

  test('owes no more than one organisation may; the same components on another asset owe nothing more', async () => {
    const known = new KnownMemory()
    const said = [0, 1].map((n) => {
      const body = { ...about('npm', 'p0', [[{ introduced: '0' }, { fixed: '2.0.0' }]]), id: `GHSA-${n}` }
      return { kind: 'record' as const, source: body.source, id: body.id, body }
    })
    await known.apply(said, { kev: null, epss: null }, 1)
    const opened = openExposureDesk(desk, known, assert.ifError)
    const owing = { ...who, organisation: newId('organisation', desk.random) }
    const put = async (asset: string, version: string) => {
      const source = inPieces(Buffer.from(bom(1).toString().replaceAll('0.9', version)))
      const limits = { ...SMALL, owed: 3, places: places() }
      const answer = await addInventory(opened.desk, owing, { asset, tags: null, name: null, source }, limits)
      return answer.ok ? null : answer.code
    }
    const answers = []
    for (const version of ['1.0.0', '1.0.0', '1.0.1', '2.0.0']) answers.push(await put(`a${answers.length % 3}`, version))
    assert.deepEqual(answers, [null, null, 'quota.exceeded', null])
    await opened.stop()
  })

  test('states no more than is held: the rest is told', async () => {
    const answer = await addInventory(
      desk,
      who,
      { asset: 'third', tags: null, name: null, source: inPieces(saying(100, 'not_affected', 20_001)) },
      { ...SMALL, bytes: 64 << 20, room: { ...ROOM, stated: 64 << 20 }, places: places() },
    )
    assert.deepEqual(answer.ok && [answer.value.unmatched, answer.value.set.map(({ why }) => why)], [1, ['too-large']])
    assert.equal(await codeOf(add('third', bom(2))), null)
  })

  test('that breaks off half-way, or comes too slowly, leaves nothing and takes no place', { timeout: 10_000 }, async () => {
    const shared = places()
    const rows = desk.book.rows
    const half = async function* () {
      yield bom(20).subarray(0, 300)
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    }
    await assert.rejects(add('second', half(), { places: shared }), /aborted/)
    const never = async function* (): AsyncGenerator<Uint8Array> {
      yield bom(20).subarray(0, 300)
      await new Promise(() => {})
    }
    const slow = [0, 1].map(() => codeOf(add('second', never(), { places: shared })))
    await new Promise((done) => setTimeout(done, 20))
    assert.equal(await codeOf(add('second', bom(1), { places: shared })), 'server.unavailable')
    assert.deepEqual(await Promise.all(slow), ['request.invalid', 'request.invalid'])
    assert.equal(await codeOf(add('second', bom(1), { places: shared })), null)
    assert.equal(desk.book.rows, rows)
  })

  test('is not checked either: the answer to 64 MiB or 50,000 components is a refusal', async () => {
    const check = async (body: Uint8Array) => {
      const answer = await checkInventory(desk, who, { name: null, exposure: null, source: inPieces(body) })
      return answer.ok ? answer.value.components : answer.code
    }
    assert.equal(await check(gzipSync(Buffer.concat([bom(3), Buffer.alloc(64 << 20, ' ')]))), 'request.too-large')
    assert.equal(await check(bom(50_001)), 'inventory.refused')
    assert.equal(await check(bom(50_000)), 50_000)
  })

  test('is not checked where more records hold its components than one answer has', async () => {
    const known = new KnownMemory()
    const said = [0, 1, 2, 3].map((n) => {
      const body = { ...about('npm', 'p0', [[{ introduced: '0' }, { fixed: '2.0.0' }]]), id: `GHSA-${n}` }
      return { kind: 'record' as const, source: body.source, id: body.id, body }
    })
    await known.apply(said, { kev: null, epss: null }, 1)
    const versions = (count: number) => {
      const components = Array.from({ length: count }, (_, n) => ({ type: 'library', name: 'p0', purl: `pkg:npm/p0@1.0.${n}` }))
      return inPieces(Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components })))
    }
    const check = async (count: number) => {
      const answer = await checkInventory({ ...desk, known }, who, { name: null, exposure: null, source: versions(count) })
      return answer.ok ? answer.value.findings.length : answer.code
    }
    assert.deepEqual([await check(100), await check(12_501)], [400, 'inventory.refused'])
  })

  test('is not checked while an organisation has others checked, and leaves the places to them', async () => {
    const shared = places()
    const given = (source: AsyncIterable<Uint8Array>) => ({ name: null, exposure: null, source })
    let go = (): void => {}
    const gate = new Promise<void>((done) => {
      go = done
    })
    const held = async function* () {
      await gate
      yield bom(3)
    }
    const two = [0, 1].map(() => checkInventory(desk, who, given(held()), shared))
    const third = await checkInventory(desk, who, given(inPieces(bom(3))), shared)
    assert.equal(third.ok ? null : third.code, 'server.unavailable')
    go()
    for (const answer of await Promise.all(two)) assert.ok(answer.ok)
    assert.ok((await checkInventory(desk, who, given(inPieces(bom(3))), shared)).ok)
  })

  test('is one of two that come for one asset at once: one of them stands, and no accident', async () => {
    const more = { inventories: SMALL.inventories + 1 }
    const fresh = await Promise.all([1, 2].map((n) => add('fresh', bom(n), more)))
    assert.deepEqual(
      fresh.map(({ ok }) => ok),
      [true, true],
    )
    assert.equal(await kept(), SMALL.inventories + 1)
    const answers = await Promise.all([1, 2].map((n) => add('second', bom(n), more)))
    assert.deepEqual(
      answers.map(({ ok }) => ok),
      [true, true],
    )
    assert.equal(await kept(), SMALL.inventories + 1)
    const [asset] = [...desk.book.assets].filter((one) => one.asset === 'second')
    assert.ok([1, 2].includes(desk.book.componentsIn(asset!.inventory).length))
  })
})

function other(count: number, name = 'x'): Buffer {
  return Buffer.from(bom(count).toString().replaceAll('pkg:npm/p', `pkg:npm/${name}`))
}

function saying(length: number, state = 'not_affected', count = 1): Buffer {
  const one = { id: 'CVE-2026-0001', analysis: { state, detail: 'x'.repeat(length) } }
  const vulnerabilities = Array.from({ length: count }, () => one)
  return Buffer.from(JSON.stringify({ ...JSON.parse(bom(1).toString()), vulnerabilities }))
}

function bom(count: number): Buffer {
  const components = Array.from({ length: count }, (_, n) => ({
    type: 'library',
    name: `p${n}`,
    version: '0.9',
    purl: `pkg:npm/p${n}@0.9`,
  }))
  return Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components }))
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1 << 16) yield bytes.subarray(at, at + (1 << 16))
}
