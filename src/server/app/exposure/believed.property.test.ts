import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { about, component, NOON } from '../../../core/exposure/advisory-samples.ts'
import { assess } from '../../../core/exposure/assess.ts'
import { NO_TAGS } from '../../../core/exposure/component.ts'
import type { VexProduct, VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { Believed } from './believed.ts'
import { InventoryBook } from './inventory-book.ts'
import { wholeOf } from './inventory-states.ts'
import { KnownMemory } from './known-memory.ts'
import { OwnVexBook } from './own-vex-book.ts'

const EDITIONS = { kev: null, epss: null }
const NONE = { name: null, version: null, purl: null, tool: null, time: null, serial: null, edition: null, ref: null }
const SUBJECTS = [null, 'pkg:oci/shop@1', 'pkg:oci/till@1']

/** One place of one organisation on assets with those subjects, under documents among the records and of its own. */
async function world(subjects: readonly number[], records: readonly VexStatement[], own: readonly VexStatement[]) {
  const known = new KnownMemory()
  const record = { ...about('npm', 'a', [[{ introduced: '0' }, { fixed: '9.0.0' }]]), aliases: ['CVE-2026-0001'] }
  await known.apply(
    [
      { kind: 'record', source: record.source, id: record.id, body: record },
      { kind: 'vex', source: 'openvex', id: 'd', body: records },
    ],
    EDITIONS,
    1,
  )
  const book = new InventoryBook(known)
  const part = component('pkg:npm/a@1.0.0', { version: '1.0.0' })
  for (const [n, subject] of subjects.entries()) {
    const purl = SUBJECTS[subject] ?? null
    const whole = wholeOf(purl === null ? null : { ...NONE, name: 'x', version: '1', purl })
    const held = { organisation: 'us', inventory: `ivt_${n}`, version: 1, asset: `${n}`, tags: NO_TAGS, receivedAt: 0, whole }
    book.put({ ...held, stated: [] }, [part])
  }
  const vex = new OwnVexBook()
  if (own.length > 0) vex.put('us', 'vex_1', 1, own)
  const [key] = [...book.placesOf('us')]
  return { desk: { book, known, vex }, place: book.place(key!)!, held: book.held(key!, 'us')! }
}

const identity = fc.constantFrom(
  'pkg:npm/a@1.0.0',
  'pkg:npm/a',
  'pkg:npm/a@2.0.0',
  'pkg:oci/shop@1',
  'pkg:oci/till',
  'nonsense',
)
const product: fc.Arbitrary<VexProduct> = fc.record({
  identity: identity.map((text) => `purl:${text}`),
  versions: fc.constant(null),
  parts: fc.constantFrom<readonly string[]>([], [], ['purl:pkg:npm/a@1.0.0'], ['purl:pkg:npm/b']),
})
const statement: fc.Arbitrary<VexStatement> = fc.record({
  source: fc.constant('openvex' as const),
  document: fc.constantFrom('one', 'two'),
  author: fc.constantFrom('Maker', 'maker ', 'Us', 'Nobody'),
  at: fc.constantFrom(null, NOON, instant(NOON + 1)),
  ids: fc.constantFrom(['CVE-2026-0001'], ['CVE-2026-0002']),
  status: fc.constantFrom('not-affected' as const, 'fixed' as const, 'affected' as const, 'under-investigation' as const),
  justification: fc.constant(null),
  detail: fc.constant(null),
  products: fc.array(product, { minLength: 1, maxLength: 3 }),
})

test('each asset is judged as if every believed statement were applied to it alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 5 }),
      fc.array(statement, { maxLength: 5 }),
      fc.array(statement, { maxLength: 3 }),
      fc.boolean(),
      async (subjects, records, own, listed) => {
        const { desk, place, held } = await world(subjects, records, own)
        const rule = { believe: listed ? ['Maker'] : [], believeInventories: false }
        const believed = new Believed(desk, 'us', rule)
        const judged = believed.judge(place, held.component, held.assets)
        assert.equal(judged.flatMap(({ assets }) => assets).length, held.assets.length)
        const trusted = [...own, ...records.filter(({ author }) => listed && author.trim().toLowerCase() === 'maker')]
        for (const { flaws, settled, assets } of judged)
          for (const asset of assets) {
            const alone = assess(
              [{ component: held.component, matches: place.matches }],
              { groupOf: (id) => desk.known.groupOf(id) },
              { statements: trusted, trust: believed.trust(asset.whole ?? null) },
            )
            const says = (list: typeof flaws) =>
              list.map((one) => [one.primary, one.statement?.status, one.statement?.author.trim().toLowerCase()])
            assert.deepEqual([says(flaws), says(settled)], [says(alone.affected), says(alone.settled)])
          }
      },
    ),
    { numRuns: 400 },
  )
})

test('a flaw of ten thousand stated products on two thousand assets is judged in a moment', async () => {
  const products = Array.from({ length: 10_000 }, (_, n) => ({
    identity: `purl:pkg:npm/other${n}@1.0.0`,
    versions: null,
    parts: [],
  }))
  const one: VexStatement = {
    source: 'csaf',
    document: 'd',
    author: 'Maker',
    at: NOON,
    ids: ['CVE-2026-0001'],
    status: 'not-affected',
    justification: null,
    detail: null,
    products,
  }
  const { desk, place, held } = await world(
    Array.from({ length: 2_000 }, (_, n) => n % 3),
    [one],
    [],
  )
  const start = performance.now()
  const believed = new Believed(desk, 'us', { believe: ['Maker'], believeInventories: false })
  const judged = believed.judge(place, held.component, held.assets)
  const took = performance.now() - start
  assert.equal(judged.length, 1)
  assert.ok(took < 1_500, `${Math.round(took)} ms`)
})
