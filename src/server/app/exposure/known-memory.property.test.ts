import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { AdvisoryRecord } from '../../../core/exposure/advisory-record.ts'
import { about, component } from '../../../core/exposure/advisory-samples.ts'
import type { KnownChange } from './known-book.ts'
import { KnownMemory } from './known-memory.ts'
import type { KnownSaid } from './known-row.ts'

const NO_EDITIONS = { kev: null, epss: null }
const IDS = ['CVE-2026-0001', 'CVE-2026-0002', 'GHSA-aaaa-bbbb-cccc', 'ghsa-AAAA-bbbb-cccc', 'PYSEC-1', 'PYSEC-2']
const NAMES = ['a', 'b', 'c']
const COMPONENTS = NAMES.flatMap((name) => ['1', '3', '5'].map((version) => component(`pkg:npm/${name}@${version}.0.0`)))

const body: fc.Arbitrary<Pick<AdvisoryRecord, 'aliases' | 'affected'>> = fc.record({
  aliases: fc.array(fc.constantFrom(...IDS), { maxLength: 2 }),
  affected: fc
    .array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom('2', '4')), { maxLength: 2 })
    .map((list) =>
      list.flatMap(([name, fixed]) => about('npm', name, [[{ introduced: '0' }, { fixed: `${fixed}.0.0` }]]).affected),
    ),
})
const said: fc.Arbitrary<KnownSaid> = fc
  .tuple(fc.constantFrom('osv', 'weir'), fc.constantFrom(...IDS), fc.option(body), fc.boolean())
  .map(([source, id, own, isWithdrawn]) => {
    const withdrawn = isWithdrawn ? 0 : null
    const record = own === null ? null : { ...about('npm', 'x', []), ...own, id, source, withdrawn }
    return { kind: 'record', source, id, body: record } as KnownSaid
  })

/** One table holds a thing once: of two of one name in a read only the last is there. */
function once(list: readonly KnownSaid[]): KnownSaid[] {
  return [...new Map(list.map((one) => [JSON.stringify([one.kind, 'source' in one ? one.source : '', one.id]), one])).values()]
}

const shown = (book: KnownMemory) => [
  COMPONENTS.map((one) => book.lookUp(one).map(({ record, match }) => [record.source, record.id, match.affected, match.fixed])),
  IDS.map((id) => book.flawOf(id)),
  [book.size.records, book.flaws],
]

test('fed read by read, the book is the one that was read whole; what changed was told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(said, { maxLength: 4 }).map(once), { maxLength: 6 }), async (reads) => {
      const book = new KnownMemory()
      await book.apply([], NO_EDITIONS, 0)
      const told: KnownChange[] = []
      book.onChange((change) => told.push(change))
      for (const [n, read] of reads.entries()) {
        const before = shown(book)[0] as readonly unknown[]
        const groups = IDS.map((id) => JSON.stringify(book.groupOf(id)?.ids))
        told.length = 0
        await book.apply(read, NO_EDITIONS, n + 1)
        const after = shown(book)[0] as readonly unknown[]
        for (const [at, one] of COMPONENTS.entries()) {
          if (JSON.stringify(before[at]) === JSON.stringify(after[at])) continue
          assert.ok(told.some(({ keys }) => keys.has(one.purl!.slice(4, one.purl!.indexOf('@')))))
        }
        for (const [at, id] of IDS.entries()) {
          if (groups[at] === JSON.stringify(book.groupOf(id)?.ids)) continue
          assert.ok(told.some(({ regrouped }) => regrouped.has(id) || regrouped.has('GHSA-aaaa-bbbb-cccc')))
        }
      }
      const whole = new KnownMemory()
      await whole.apply(
        once(reads.flat()).filter(({ body: own }) => own !== null),
        NO_EDITIONS,
        1,
      )
      assert.deepEqual(shown(book), shown(whole))
    }),
    { numRuns: 300 },
  )
})

test('a start is told once and whole; a large change in parts; one listener’s accident is not another’s', async () => {
  const many = (fixed: string): KnownSaid[] =>
    Array.from({ length: 2500 }, (_, n) => {
      const record = { ...about('npm', 'a', [[{ introduced: '0' }, { fixed }]]), id: `X-${n}` }
      return { kind: 'record', source: 'osv', id: record.id, body: record } as KnownSaid
    })
  const book = new KnownMemory()
  const told: KnownChange[] = []
  let accident = false
  book.onChange(() => {
    if (accident) throw new Error('an accident')
  })
  const stop = book.onChange((change) => told.push(change))
  await book.apply(many('1.0.0'), NO_EDITIONS, 1)
  assert.deepEqual(
    told.map(({ records, keys }) => [records.length, [...keys]]),
    [[2500, ['npm/a']]],
  )
  await book.apply(many('2.0.0'), NO_EDITIONS, 2)
  assert.deepEqual(
    told.slice(1).map(({ records, former }) => [records.length, former.length]),
    [
      [1000, 1000],
      [1000, 1000],
      [500, 500],
    ],
  )
  const versions = told.map(({ version }) => version)
  assert.deepEqual(
    versions,
    [...new Set(versions)].sort((x, y) => x - y),
    'every change has a version of its own',
  )
  accident = true
  const accidents = await book.apply(many('3.0.0').slice(0, 1), NO_EDITIONS, 3)
  assert.deepEqual(accidents.map(String), ['Error: an accident'])
  assert.equal(told.length, 5)
  stop()
  accident = false
  await book.apply(many('4.0.0').slice(0, 1), NO_EDITIONS, 4)
  assert.equal(told.length, 5)
})
