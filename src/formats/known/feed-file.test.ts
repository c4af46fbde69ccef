import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Zippable, zipSync } from 'fflate'
import { feedArchive } from './feed-archive.ts'
import { FEED_HEAD, feedFile } from './feed-file.ts'
import type { FeedItem } from './known-entry.ts'

const text = (value: string) => new TextEncoder().encode(value)
const osv = (id: string) => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['1'] }],
})
const answers = { Exploitation: 'active', Automatable: 'yes', 'Technical Impact': 'total' }
const vex = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.org/1',
  author: 'A',
  statements: [{ vulnerability: { name: 'CVE-2026-0001' }, products: [{ '@id': 'pkg:npm/a@1' }], status: 'fixed' }],
}
const kev = {
  catalogVersion: '2026.02.03',
  dateReleased: '2026-02-03T12:00:00Z',
  vulnerabilities: [{ cveID: 'CVE-2026-0001', dateAdded: '2026-02-03' }],
}

function read(bytes: Uint8Array, step: number): FeedItem[] {
  const file = feedFile(bytes.subarray(0, FEED_HEAD))
  assert.ok(file)
  const items: FeedItem[] = []
  for (let at = 0; at < bytes.length; at += step) items.push(...file.push(bytes.subarray(at, at + step)))
  return [...items, ...file.end()]
}
const kinds = (items: readonly FeedItem[]) =>
  items.map((item) => (item.ok ? `${item.kind} ${item.entries.map(({ of }) => of).join(' ')}` : `!${item.why}`))

test('what an item is its content says, and what is none is set aside', () => {
  const lines = [osv('A'), { cve: 'CVE-2026-0001', ssvc: answers }, vex, { hello: 1 }, { ...vex, statements: [] }, kev]
  const items = read(text(lines.map((line) => JSON.stringify(line)).join('\n')), 100)
  assert.deepEqual(kinds(items), ['osv record', 'ssvc ssvc', 'vex vex', '!not-known', '!names-nothing', '!wrong-shape'])
})

test('catalogues say which edition they are', () => {
  const head = (value: string) => feedFile(text(value))?.catalogue
  assert.deepEqual(head(JSON.stringify(kev)), { kind: 'kev', label: '2026.02.03', asOf: Date.UTC(2026, 1, 3, 12) })
  assert.deepEqual(head('cveID,dateAdded\nCVE-2026-0001,2026-02-03\n'), { kind: 'kev', label: null, asOf: null })
  const scores = '#model_version:v2026.03.14,score_date:2026-03-15T00:00:00+0000\ncve,epss,percentile\n'
  assert.deepEqual(head(scores), { kind: 'epss', label: 'v2026.03.14', asOf: Date.UTC(2026, 2, 15) })
  assert.deepEqual(head('cve,epss\n'), { kind: 'epss', label: null, asOf: null })
  // What an entry says of dates is not what the catalogue says.
  const late = { ...kev, dateReleased: undefined, vulnerabilities: [{ ...kev.vulnerabilities[0], dateReleased: '2030-01-01' }] }
  assert.deepEqual(head(JSON.stringify(late)), { kind: 'kev', label: '2026.02.03', asOf: null })
  assert.equal(feedFile(text('hello')), null)
  assert.equal(feedFile(text('')), null)
})

test('an archive gives each of its files in pieces of any size', () => {
  const zip = zipSync({
    'a/1.json': text(JSON.stringify(osv('A'))),
    'b.txt': text('x'),
    '2.JSON': text('{'),
    '3.json': text(JSON.stringify(vex)),
  })
  for (const step of [1, 7, 1000, 1 << 20])
    assert.deepEqual(
      read(zip, step).map((item) => [item.at, item.ok ? item.kind : item.why]),
      [
        ['a/1.json', 'osv'],
        ['2.JSON', 'not-readable'],
        ['3.json', 'vex'],
      ],
    )
})

test('an archive beyond its limits ends there, and what breaks off is told', () => {
  const files = (count: number): Zippable =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.json`, text(JSON.stringify(osv(`A-${n}`)))]))
  const take = (bytes: Uint8Array, limits: Partial<Parameters<typeof feedArchive>[0]>) => {
    const archive = feedArchive({ entries: 100, entryBytes: 1 << 20, bytes: 1 << 20, ...limits })
    return kinds([...archive.push(bytes), ...archive.end()])
  }
  assert.deepEqual(take(zipSync(files(3)), { entries: 2 }), ['osv record', 'osv record', '!too-large'])
  assert.deepEqual(
    take(zipSync({ 'bomb.json': new Uint8Array(8 << 20), ...files(1) }), { entryBytes: 1 << 16, bytes: 1 << 30 }),
    ['!too-large', 'osv record'],
  )
  assert.deepEqual(take(zipSync({ 'bomb.json': new Uint8Array(8 << 20), ...files(1) }), {}), ['!too-large'])
  const whole = zipSync(files(2), { level: 0 })
  assert.deepEqual(take(whole.subarray(0, 100), {}), ['!not-readable'])
  assert.deepEqual(take(zipSync({}), {}), [])
})

test('no bytes make a reader throw', () => {
  const start = fc.constantFrom('PK\u0003\u0004', '{', '[', '{"catalogVersion":1,', 'cve,epss\n', 'cveID,dateAdded\n', '')
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (first, rest, step) => {
      const bytes = new Uint8Array([...text(first), ...rest])
      const file = feedFile(bytes)
      if (file === null) return
      for (let at = 0; at < bytes.length; at += step) file.push(bytes.subarray(at, at + step))
      file.end()
    }),
    { numRuns: 2000 },
  )
})
