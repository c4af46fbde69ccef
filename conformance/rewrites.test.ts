// One inventory has the same findings in whichever format, nesting, order and repetition: drawn ones, and real ones of the corpus.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdvisoryRecord, RangeEvent } from '../src/core/exposure/advisory-record.ts'
import { product, record } from '../src/core/exposure/advisory-samples.ts'
import { identityOfPurl } from '../src/core/exposure/package-identity.ts'
import { drawInventory } from '../src/devkit/drawn-inventory.ts'
import { drawing, type FormedComponent, formInventory, INVENTORY_FORMS } from '../src/devkit/inventory-forms.ts'
import {
  type Book,
  bookOf,
  componentsIn,
  drawReal,
  exposureCorpus,
  findingsOf,
  realComponents,
  sharedRecords,
  unwritten,
} from './rewritten.ts'

const encoder = new TextEncoder()

/** Asks that all forms of one inventory give what it gives unwritten; answers how many findings that is. */
function sameInAllForms(drawn: readonly FormedComponent[], book: Book, seed: number): number {
  const expected = findingsOf(drawn.map(unwritten), book)
  for (const form of INVENTORY_FORMS) {
    const text = formInventory(drawn, form, seed)
    const draw = drawing(seed)
    const found = findingsOf(
      componentsIn(encoder.encode(text), form, () => 1 + Math.floor(draw() * 5000)),
      book,
    )
    assert.deepEqual(found, expected, `${form}, seed ${seed}`)
  }
  return expected.length
}

/** Records about drawn components: from the beginning, up to the version, listed, after it, another package's, or by CPE. */
function recordsFor(drawn: readonly FormedComponent[], draw: () => number): AdvisoryRecord[] {
  return drawn.flatMap((one, n): AdvisoryRecord[] => {
    const aliases = draw() < 0.3 ? [`CVE-2030-${10_000 + n}`] : []
    if (one.cpe !== null) return [record(`C-${n}`, { aliases, products: [product(one.cpe)] })]
    const identity = one.purl === null ? null : identityOfPurl(one.purl)
    if (identity === null || draw() < 0.3) return []
    const { key, type } = identity
    const version = identity.version ?? '1.0.0'
    const events: readonly (readonly RangeEvent[])[] = [
      [{ introduced: '0' }],
      [{ introduced: '0' }, { fixed: version }],
      [{ introduced: '0' }, { lastAffected: version }],
      [{ introduced: version }, { fixed: '999.0.0' }],
    ]
    const ranges = [{ kind: 'ecosystem' as const, events: events[Math.floor(draw() * events.length)]!, vers: null }]
    const affected = [{ key, ecosystem: type, name: key, ranges, versions: draw() < 0.2 ? [version] : [] }]
    return [record(`A-${n}`, { aliases, affected }), ...(draw() < 0.3 ? [record(`B-${n}`, { aliases, affected })] : [])]
  })
}

test('50 drawn inventories in seven forms have the findings they had before they were written', () => {
  let findings = 0
  for (let seed = 1; seed <= 50; seed++) {
    const drawn = drawInventory(seed, 40)
    findings += sameInAllForms(drawn, bookOf(recordsFor(drawn, drawing(seed))), seed)
  }
  assert.ok(findings > 200, String(findings))
})

test('30 inventories of real components in seven forms have the same findings in the shared advisories', (t) => {
  const corpus = exposureCorpus()
  if (corpus === null) return t.skip('WEIR_CORPUS is not set: real components are not rewritten')
  const book = bookOf(sharedRecords(corpus))
  const pool = realComponents(corpus, book)
  assert.ok(pool.spoken.length > 30, String(pool.spoken.length))
  let findings = 0
  for (let seed = 1; seed <= 30; seed++) findings += sameInAllForms(drawReal(pool, drawing(seed)), book, seed)
  assert.ok(findings > 300, String(findings))
})
