import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { zipSync } from 'fflate'
import type { RecordsTaken } from '../../../contract/shapes/records.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { component } from '../../../core/exposure/advisory-samples.ts'
import { signalsOf } from '../../../core/exposure/flaw-signals.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { type FreshDatabase, freshDatabase } from '../../../devkit/pg.ts'
import type { KnownChange } from './known-book.ts'
import { type KnownDesk, knownDesk } from './known-desk.ts'
import { importKnown, type KnownFile, takeKnown } from './known-import.ts'

const osv = (id: string, name: string, fixed: string, more: object = {}) => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] }],
  ...more,
})
const lines = (...records: object[]) => Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'))
const kev = (asOf: string, ...cves: string[]) =>
  Buffer.from(
    JSON.stringify({
      catalogVersion: asOf.slice(0, 10),
      dateReleased: asOf,
      vulnerabilities: cves.map((cveID) => ({
        cveID,
        dateAdded: '2026-01-02',
        dueDate: '2026-01-23',
        requiredAction: 'Mend.',
      })),
    }),
  )

describe('taking in what other databases say', () => {
  let database: FreshDatabase
  let desk: KnownDesk
  let changes: KnownChange[]

  before(async () => {
    database = await freshDatabase()
  })
  after(async () => await database.close())
  beforeEach(async () => {
    for (const table of ['known_item', 'known_import', 'known_catalogue'])
      await database.owner.query(`delete from weir.${table}`)
    await database.owner.query('update weir.known_clock set version = 0')
    desk = fresh()
    await desk.follower.follow()
    changes = []
    desk.book.onChange((change) => changes.push(change))
  })

  const fresh = () =>
    knownDesk(
      {
        store: database.store,
        keys: database.keys,
        blobs: memoryBlobs(),
        clock: () => instant(Date.UTC(2026, 10, 21)),
        random: (length) => randomBytes(length),
      },
      assert.ifError,
    )

  async function take(bytes: Uint8Array, more: Partial<KnownFile> = {}): Promise<RecordsTaken> {
    const source = (async function* () {
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
    })()
    const taken = await takeKnown(desk, { source, feed: 'all', kind: null, whole: null, ...more }, null)
    assert.ok(taken.ok, JSON.stringify(taken))
    await desk.follower.follow()
    return taken.value
  }
  const counts = ({ items, fresh: added, changed, unchanged, older, removed, setAsideCount }: RecordsTaken) =>
    [items, added, changed, unchanged, older, removed, setAsideCount].join(' ')
  const ids = (name: string, version: string) =>
    desk.book.lookUp(component(`pkg:npm/${name}@${version}`)).map(({ record }) => record.id)

  test('a file is taken once: again, packed in any way, nothing changes; what changed alone is written', async () => {
    const records = [osv('GHSA-a', 'a', '1.2.0', { aliases: ['CVE-2026-0001'] }), osv('GHSA-b', 'b', '1.0.0')]
    assert.equal(counts(await take(lines(...records))), '2 2 0 0 0 0 0')
    const zip = zipSync(Object.fromEntries(records.map((record) => [`${record.id}.json`, lines(record)])))
    for (const packed of [lines(...records), gzipSync(lines(...records)), zstdCompressSync(lines(...records)), zip])
      assert.equal(counts(await take(packed)), '2 0 0 2 0 0 0')
    assert.equal(desk.book.readTo, 1)
    assert.deepEqual(ids('a', '1.1.0'), ['GHSA-a'])
    assert.deepEqual(ids('a', '1.2.0'), [])
    assert.equal(desk.book.flawOf('ghsa-A')?.primary, 'CVE-2026-0001')
    assert.equal(counts(await take(lines(osv('GHSA-a', 'a', '1.3.0'), records[1]!))), '2 0 1 1 0 0 0')
    assert.deepEqual(ids('a', '1.2.0'), ['GHSA-a'])
    assert.equal(desk.book.groupOf('CVE-2026-0001'), undefined)
    const last = changes[1]
    assert.equal(changes.length, 2)
    assert.deepEqual(
      [[...last!.keys], [...last!.regrouped].sort(), last!.former.length],
      [['npm/a'], ['CVE-2026-0001', 'GHSA-a'], 1],
    )
  })

  test('a bad record is set aside with its place and reason, and the rest goes in', async () => {
    const bad = [
      '{"id": "broken", "modified"',
      JSON.stringify({ id: 'nul\u0000', modified: '2026-01-01T00:00:00Z', affected: [] }),
      JSON.stringify({ id: '\ud800', modified: '2026-01-01T00:00:00Z', affected: [] }),
      JSON.stringify({ hello: 'world' }),
      JSON.stringify({ id: 'x'.repeat(400), modified: '2026-01-01T00:00:00Z', affected: [] }),
    ]
    const good = [osv('GHSA-a', 'a', '1.2.0'), osv('GHSA-b', 'b', '1.0.0')].map((record) => JSON.stringify(record))
    const taken = await take(Buffer.from([good[0], ...bad, good[1]].join('\n')))
    assert.equal(counts(taken), '7 3 0 0 0 0 4')
    assert.deepEqual(
      taken.setAside.map(({ why }) => why),
      ['not-readable', 'no-id', 'not-known', 'no-id'],
    )
    assert.deepEqual([ids('a', '1.0.0'), ids('b', '0.1.0')], [['GHSA-a'], ['GHSA-b']])
    const { rows } = await database.owner.query('select set_aside from weir.known_import')
    assert.equal(rows[0].set_aside.length, 4)
  })

  test('only what is announced is taken, and an older record never takes the place of a newer', async () => {
    const other = await take(lines(osv('GHSA-a', 'a', '1.2.0')), { kind: 'csaf', feed: 'csaf' })
    assert.deepEqual([counts(other), other.setAside[0]?.why], ['1 0 0 0 0 0 1', 'other-kind'])
    await take(lines(osv('GHSA-a', 'a', '1.2.0')))
    const older = osv('GHSA-a', 'a', '1.1.0', { modified: '2025-12-01T00:00:00Z' })
    assert.equal(counts(await take(lines(older))), '1 0 0 0 1 0 0')
    assert.deepEqual(ids('a', '1.1.5'), ['GHSA-a'])
    const twice = [osv('GHSA-c', 'c', '2.0.0', { modified: '2026-02-01T00:00:00Z' }), osv('GHSA-c', 'c', '1.0.0')]
    assert.equal(counts(await take(lines(...twice))), '2 1 0 1 0 0 0')
    assert.deepEqual(ids('c', '1.5.0'), ['GHSA-c'])
  })

  test('a record or a catalogue from the future does not stand against what comes later', async () => {
    await take(lines(osv('GHSA-a', 'a', '1.0.0', { modified: '9000-01-01T00:00:00Z' })))
    assert.deepEqual(ids('a', '1.1.0'), [])
    await take(lines(osv('GHSA-a', 'a', '1.2.0')))
    assert.deepEqual(ids('a', '1.1.0'), ['GHSA-a'])
    await take(kev('9000-01-01T00:00:00Z', 'CVE-2026-0001'), { feed: 'kev' })
    const later = await take(kev('2026-11-20T00:00:00Z', 'CVE-2026-0002'), { feed: 'kev' })
    assert.equal(later.outdated, false)
    assert.equal(desk.book.signals.kev?.entries.has('CVE-2026-0002'), true)
    assert.equal(desk.book.signals.kev?.entries.has('CVE-2026-0001'), false)
  })

  test('what a whole file no longer lists goes, if it came by it and the file could be read', async () => {
    await take(lines(osv('GHSA-a', 'a', '1.2.0'), osv('GHSA-b', 'b', '1.0.0')), { feed: 'npm.zip' })
    await take(lines(osv('GHSA-c', 'c', '1.0.0')), { feed: 'other' })
    assert.equal(counts(await take(lines(osv('GHSA-a', 'a', '1.2.0')), { feed: 'npm.zip' })), '1 0 0 1 0 0 0')
    const cut = Buffer.concat([lines(osv('GHSA-a', 'a', '1.2.0')), Buffer.from('\n{"id": "GH')])
    const kept = await take(cut, { feed: 'npm.zip', whole: true })
    assert.deepEqual([kept.removed, kept.notRemoved], [0, 'set-aside'])
    const empty = await take(Buffer.from('[]'), { feed: 'npm.zip', whole: true })
    assert.deepEqual([empty.removed, empty.notRemoved], [0, 'nothing-read'])
    const named = await take(lines(osv('GHSA-a', 'a', '1.2.0'), { id: 'GHSA-b', modified: 'x', affected: [{}] }), {
      feed: 'npm.zip',
      whole: true,
    })
    assert.deepEqual([named.removed, named.notRemoved, named.setAside[0]?.id], [0, null, 'GHSA-b'])
    const gone = await take(lines(osv('GHSA-a', 'a', '1.2.0')), { feed: 'npm.zip', whole: true })
    assert.deepEqual([gone.removed, gone.notRemoved], [1, null])
    assert.deepEqual([ids('a', '1.0.0'), ids('b', '0.1.0'), ids('c', '0.1.0')], [['GHSA-a'], [], ['GHSA-c']])
    assert.equal(desk.book.flawOf('GHSA-b'), null)
    assert.equal(counts(await take(lines(osv('GHSA-b', 'b', '1.0.0')), { feed: 'npm.zip' })), '1 0 1 0 0 0 0')
    assert.deepEqual(ids('b', '0.1.0'), ['GHSA-b'])
  })

  test('of a catalogue the newest edition counts: what it takes out is gone, and an older one changes nothing', async () => {
    const flaw = (id: string) => signalsOf({ primary: id, ids: [id], covers: [], records: [] }, desk.book.signals).kev
    assert.equal(flaw('CVE-2026-0001'), null)
    await take(kev('2026-02-01T10:00:00Z', 'CVE-2026-0001', 'CVE-2026-0002'), { feed: 'kev' })
    assert.deepEqual([changes[0]?.catalogues, [...changes[0]!.cves].sort()], [true, ['CVE-2026-0001', 'CVE-2026-0002']])
    const next = await take(kev('2026-03-01T10:00:00Z', 'CVE-2026-0002', 'CVE-2026-0003'), { feed: 'kev' })
    assert.equal(counts(next), '2 1 0 1 0 1 0')
    assert.deepEqual([changes[1]?.catalogues, [...changes[1]!.cves].sort()], [false, ['CVE-2026-0001', 'CVE-2026-0003']])
    const old = await take(kev('2026-02-01T10:00:00Z', 'CVE-2026-0001', 'CVE-2026-0002'), { feed: 'kev' })
    assert.deepEqual([old.outdated, old.older, old.removed], [true, 2, 0])
    assert.deepEqual([flaw('CVE-2026-0001')?.value, flaw('CVE-2026-0003')?.value?.cve], [null, 'CVE-2026-0003'])
    assert.equal(flaw('CVE-2026-0003')?.source, 'KEV 2026-03-01')
    const table = 'cveID,dateAdded,dueDate\nCVE-2026-0004,2026-03-05,2026-03-20\n'
    assert.equal(counts(await take(Buffer.from(table), { feed: 'kev.csv' })), '1 1 0 0 0 2 0')
  })

  test('EPSS and SSVC, in both spellings, and VEX are there by CVE id', async () => {
    const scores =
      '#model_version:v2026.01.01,score_date:2026-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2026-0001,0.5,0.9\n'
    assert.equal(counts(await take(Buffer.from(scores), { feed: 'epss' })), '1 1 0 0 0 0 0')
    const answers = { Exploitation: 'active', Automatable: 'yes', 'Technical Impact': 'total' }
    const camel = { exploitation: 'none', automatable: 'no', technicalImpact: 'partial' }
    await take(lines({ cve: 'CVE-2026-0001', ssvc: answers }, { cve: 'CVE-2026-0002', ssvc: camel }), { feed: 'ssvc' })
    const said = (id: string) => signalsOf({ primary: id, ids: [id], covers: [], records: [] }, desk.book.signals)
    assert.equal(said('CVE-2026-0001').epss?.source, 'EPSS v2026.01.01')
    assert.deepEqual([said('CVE-2026-0001').epss?.value, said('CVE-2026-0001').impact?.value], [0.5, 'T'])
    assert.equal(said('CVE-2026-0002').impact?.value, 'P')
    const next = scores.replaceAll('2026-01-01', '2026-01-02').replace('0.9', '0.8')
    changes.length = 0
    assert.equal(counts(await take(Buffer.from(next), { feed: 'epss' })), '1 0 0 1 0 0 0')
    assert.deepEqual([changes, said('CVE-2026-0001').epss?.at], [[], Date.UTC(2026, 0, 2)])
    const vex = {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.org/vex-1',
      author: 'Example',
      timestamp: '2026-01-01T00:00:00Z',
      statements: [{ vulnerability: { name: 'CVE-2026-0001' }, products: [{ '@id': 'pkg:npm/a@1.0.0' }], status: 'fixed' }],
    }
    await take(lines(vex), { feed: 'vex' })
    assert.deepEqual([desk.book.statements.length, [...(changes.at(-1)?.stated ?? [])]], [1, ['CVE-2026-0001']])
  })

  test('an upload that breaks off leaves nothing; two processes and a start agree', async () => {
    const other = fresh()
    await other.follower.follow()
    const cut = (async function* () {
      yield Buffer.concat([lines(...Array.from({ length: 3000 }, (_, n) => osv(`GHSA-${n}`, 'a', '1.2.0'))), Buffer.from('\n')])
      throw new Error('the connection ended')
    })()
    await assert.rejects(takeKnown(desk, { source: cut, feed: 'all', kind: null, whole: null }, null), /ended/)
    assert.equal((await database.owner.query('select count(*) as n from weir.known_item')).rows[0].n, '0')
    await take(lines(osv('GHSA-a', 'a', '1.2.0'), osv('GHSA-b', 'b', '1.2.0')), { feed: 'x', whole: true })
    await other.follower.follow()
    await take(lines(osv('GHSA-a', 'a', '1.4.0')), { feed: 'x', whole: true })
    assert.equal(await other.follower.isBehind(), true)
    await other.follower.follow()
    const started = fresh()
    await started.follower.follow()
    for (const { book } of [desk, other, started]) {
      assert.deepEqual([book.readTo, book.size.records, book.recordsOf('GHSA-b')], [2, 1, []])
      assert.equal(book.lookUp(component('pkg:npm/a@1.3.0')).length, 1)
    }
  })

  test('two files at once both go in whole', async () => {
    const many = (letter: string) =>
      lines(...Array.from({ length: 500 }, (_, n) => osv(`${letter}-${n % 400}`, letter, '1.0.0')))
    const taken = await Promise.all([
      take(many('A'), { feed: 'a' }),
      take(many('B'), { feed: 'b' }),
      take(many('A'), { feed: 'c' }),
    ])
    assert.equal(
      taken.reduce((sum, one) => sum + one.fresh, 0),
      800,
    )
    assert.deepEqual([desk.book.size.records, await desk.follower.isBehind()], [800, false])
  })

  test('who sends nothing gives the place to others, and leaves nothing', { timeout: 10_000 }, async () => {
    const who = { kind: 'person', person: null, organisation: null, roles: ['coordinator'], scopes: [] } as unknown as Principal
    const never = async function* (): AsyncGenerator<Uint8Array> {
      yield lines(osv('GHSA-a', 'a', '1.2.0'))
      await new Promise(() => {})
    }
    const send = () => {
      const file = { source: never(), feed: 'all', kind: null, whole: null }
      return importKnown(desk, who, file, { bytes: 1 << 20, ms: 200 })
    }
    const said = (await Promise.all([send(), send(), send()])).map((answer) => (answer.ok ? null : answer.code))
    assert.deepEqual(said, ['request.invalid', 'request.invalid', 'server.unavailable'])
    assert.deepEqual([desk.taking.now, desk.book.size.records], [0, 0])
  })
})
