// 10,000 rewrites of drawn inventories (nesting, order, duplicates, seven formats, any chunks) give identical identities, and one
// of 250 MB with everything nested in one component is read in bounded time and memory.
import { identityOf } from '../../src/core/exposure/identity.ts'
import { drawInventory } from '../../src/devkit/drawn-inventory.ts'
import { drawing, formInventory, INVENTORY_FORMS } from '../../src/devkit/inventory-forms.ts'
import { detectInventory } from '../../src/formats/inventory/detect-inventory.ts'
import { inventoryReader } from '../../src/formats/inventory/inventory-reader.ts'

const REWRITES = Number(process.env['INVENTORY_REWRITES'] ?? 10_000)
const MEGABYTES = Number(process.env['INVENTORY_MEGABYTES'] ?? 250)
const SEED = Number(process.env['INVENTORY_SEED'] ?? 1)
const MOST_SECONDS = 60
const MOST_MEGABYTES = 500

const encoder = new TextEncoder()
let failures = 0

function identitiesIn(text: string, draw: () => number): string[] {
  const bytes = encoder.encode(text)
  const kind = detectInventory(bytes.subarray(0, 1 << 16))
  if (kind === null) return ['not detected']
  const reader = inventoryReader(kind)
  const found = new Set<string>()
  for (let at = 0, size = 0; at < bytes.length; at += size) {
    size = 1 + Math.floor(draw() * (draw() < 0.5 ? 50 : 5000))
    for (const item of reader.push(bytes.slice(at, at + size))) {
      if ('component' in item) found.add(identityOf(item.component))
    }
  }
  for (const item of reader.end()) {
    if ('component' in item) found.add(identityOf(item.component))
    if ('refused' in item) found.add(item.refused.mend)
  }
  return [...found].sort()
}

function rewrites(): void {
  let components = 0
  for (let n = 0; n < REWRITES; n++) {
    const seed = SEED * 1_000_003 + Math.floor(n / INVENTORY_FORMS.length)
    const form = INVENTORY_FORMS[n % INVENTORY_FORMS.length]!
    const drawn = drawInventory(seed, 60)
    const expected = new Set(
      drawn.map((of) => identityOf({ ...of, cpes: of.cpe === null ? [] : [of.cpe], marks: [], place: '' })),
    )
    const found = identitiesIn(formInventory(drawn, form, n), drawing(n))
    components += drawn.length
    if (JSON.stringify(found) === JSON.stringify([...expected].sort())) continue
    failures++
    console.log(`seed ${seed}, ${form}, rewrite ${n}: the identities differ`)
  }
  console.log(`${REWRITES} rewrites of ${components} components: ${failures} differ`)
}

/** Everything in one component at the top, five deep, references and purls of their own for each. */
function* giant(): Generator<string> {
  yield '{"bomFormat":"CycloneDX","components":[{"type":"application","name":"giant","components":['
  for (let written = 0, k = 0; written < MEGABYTES * 1e6; k++) {
    const leaf = (i: number, under: string): string =>
      `{"type":"framework","bom-ref":"ref-${k}-${i}","group":"@g${k % 1000}","name":"name-${k}-${i}","version":"1.${k % 100}.${i}",` +
      `"description":"${'what it is for '.repeat(20)}","purl":"pkg:npm/%40g${k % 1000}/name-${k}-${i}@1.${k % 100}.${i}",` +
      `"licenses":[{"license":{"id":"MIT"}}],"externalReferences":[{"type":"website","url":"https://example.org/${k}/${i}"}]${under}}`
    const text = [5, 4, 3, 2, 1].reduce((under, i) => leaf(i, under === '' ? '' : `,"components":[${under}]`), '')
    written += text.length
    yield k === 0 ? text : `,${text}`
  }
  yield ']}]}'
}

function large(): void {
  const reader = inventoryReader('cyclonedx-json')
  let components = 0
  let other = 0
  let bytes = 0
  let busy = 0
  let batch = ''
  const push = (): void => {
    const chunk = encoder.encode(batch)
    batch = ''
    bytes += chunk.length
    const begun = performance.now()
    for (const item of reader.push(chunk)) 'component' in item ? components++ : other++
    busy += performance.now() - begun
  }
  for (const text of giant()) {
    batch += text
    if (batch.length > 1 << 16) push()
  }
  push()
  const refused = reader.end().some((item) => 'refused' in item)
  const memory = process.resourceUsage().maxRSS / 1024
  const seconds = busy / 1000
  console.log(
    `${Math.round(bytes / 1e6)} MB, ${components} components, ${other} unmatched: ${seconds.toFixed(1)} s, ` +
      `${Math.round(bytes / 1e6 / seconds)} MB/s, peak ${Math.round(memory)} MB`,
  )
  if (refused || seconds > MOST_SECONDS || memory > MOST_MEGABYTES) failures++
}

large()
rewrites()
process.exit(failures === 0 ? 0 : 1)
