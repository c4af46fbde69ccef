// 10,000 rewrites of inventories of real components (nesting, order, duplicates, seven formats, any pieces) give identical findings in the shared advisories.
import { drawing, formInventory, INVENTORY_FORMS } from '../../src/devkit/inventory-forms.ts'
import {
  bookOf,
  componentsIn,
  drawReal,
  exposureCorpus,
  findingsOf,
  realComponents,
  sharedRecords,
  unwritten,
} from '../rewritten.ts'

const REWRITES = Number(process.env['FINDING_REWRITES'] ?? 10_000)
const SEED = Number(process.env['FINDING_SEED'] ?? 1)
const corpus = exposureCorpus()
if (corpus === null) throw new Error('WEIR_CORPUS must name the folder with the shared data')
const book = bookOf(sharedRecords(corpus))
const pool = realComponents(corpus, book)
const encoder = new TextEncoder()
let [differ, findings, components] = [0, 0, 0]
for (let n = 0; n < REWRITES; n++) {
  const seed = SEED * 1_000_003 + Math.floor(n / INVENTORY_FORMS.length)
  const form = INVENTORY_FORMS[n % INVENTORY_FORMS.length]!
  const drawn = drawReal(pool, drawing(seed))
  const expected = findingsOf(drawn.map(unwritten), book)
  const draw = drawing(n)
  const text = encoder.encode(formInventory(drawn, form, n))
  const found = findingsOf(
    componentsIn(text, form, () => 1 + Math.floor(draw() * (draw() < 0.5 ? 50 : 5000))),
    book,
  )
  findings += found.length
  components += drawn.length
  if (JSON.stringify(found) === JSON.stringify(expected)) continue
  differ++
  console.log(`seed ${seed}, ${form}, rewrite ${n}: the findings differ`)
}
console.log(`${REWRITES} rewrites of ${components} components, ${findings} findings: ${differ} differ`)
process.exit(differ === 0 && findings > 0 ? 0 : 1)
