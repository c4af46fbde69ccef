import type { AffectedRange } from '../../core/exposure/advisory-record.ts'
import { parseBounds } from '../../core/exposure/version-bounds.ts'
import { isObject, type JsonObject, objectIn, objectsIn, own, textIn, textsIn } from '../json/loose.ts'
import type { NoteBook } from './known-item.ts'

/** One product of a CSAF product tree with everything its branches say of it. */
export interface TreeProduct {
  readonly id: string
  readonly name: string
  readonly vendor: string | null
  /** `purl:…`, `cpe:…`, `model:…`, `serial:…`, `sku:…`, `sha256:…` */
  readonly identities: readonly string[]
  /** Null: the document states no version. */
  readonly range: AffectedRange | null
}

const MOST = 200_000
const DEEPEST = 40

interface Above {
  readonly vendor: string | null
  readonly range: AffectedRange | null
}

/** Products by id: branches at any depth, full product names, and relationships, which inherit from what they join. */
export function productsOfTree(tree: JsonObject, notes: NoteBook): ReadonlyMap<string, TreeProduct> {
  const products = new Map<string, TreeProduct>()
  const add = (stated: JsonObject, above: Above): void => {
    const id = textIn(stated, 'product_id')
    if (id === null || products.size >= MOST) return
    const identities = identitiesOf(objectIn(stated, 'product_identification_helper'))
    products.set(id, { id, name: textIn(stated, 'name') ?? id, vendor: above.vendor, identities, range: above.range })
  }
  const walk = (branches: readonly JsonObject[], above: Above, depth: number): void => {
    for (const branch of branches) {
      const within = below(branch, above, notes)
      if (isObject(own(branch, 'product'))) add(objectIn(branch, 'product'), within)
      if (depth < DEEPEST) walk(objectsIn(branch, 'branches'), within, depth + 1)
    }
  }
  walk(objectsIn(tree, 'branches'), { vendor: null, range: null }, 0)
  for (const stated of objectsIn(tree, 'full_product_names')) add(stated, { vendor: null, range: null })
  for (const relationship of objectsIn(tree, 'relationships')) joined(relationship, products)
  return products
}

function below(branch: JsonObject, above: Above, notes: NoteBook): Above {
  const name = textIn(branch, 'name') ?? ''
  switch (textIn(branch, 'category')) {
    case 'vendor':
      return { ...above, vendor: name }
    case 'product_version':
      return { ...above, range: versionRange(name, '=', notes) }
    case 'product_version_range':
      return { ...above, range: versionRange(name, '', notes) }
    default:
      return above
  }
}

function versionRange(text: string, sign: string, notes: NoteBook): AffectedRange {
  const ranged = parseBounds(text)
  // `4.3` is a version, `vers:all/*` is what many write in its place.
  const single = ranged?.length === 1 && ranged[0]?.comparator === '='
  if (ranged !== null && !(sign === '=' && single)) return { kind: 'vers', events: [], vers: text }
  const version = text.replace(/^version\s+/i, '').trim()
  if (sign === '=') return { kind: 'vers', events: [], vers: `vers:generic/${encodeURIComponent(version)}` }
  notes.add('unreadable-range', text)
  return { kind: 'vers', events: [], vers: text }
}

/** Something installed on something: the first one's versions, and the identities of both. */
function joined(relationship: JsonObject, products: Map<string, TreeProduct>): void {
  const stated = objectIn(relationship, 'full_product_name')
  const id = textIn(stated, 'product_id')
  if (id === null || products.size >= MOST) return
  const part = products.get(textIn(relationship, 'product_reference') ?? '')
  const whole = products.get(textIn(relationship, 'relates_to_product_reference') ?? '')
  const own = identitiesOf(objectIn(stated, 'product_identification_helper'))
  const isPackage = (identity: string): boolean => identity.startsWith('purl:')
  const packages = (part?.identities ?? []).filter(isPackage)
  const device = (whole?.identities ?? []).filter((identity) => !isPackage(identity))
  // A package within a product is that package. What has none is known by the device it runs on, and by itself only without one.
  const inherited = packages.length > 0 ? packages : device.length > 0 ? device : (part?.identities ?? [])
  products.set(id, {
    id,
    name: textIn(stated, 'name') ?? id,
    vendor: part?.vendor ?? whole?.vendor ?? null,
    identities: own.length > 0 ? own : inherited,
    range: part?.range ?? whole?.range ?? null,
  })
}

const MARKS = [
  ['model_numbers', 'model'],
  ['serial_numbers', 'serial'],
  ['skus', 'sku'],
] as const

/** The identities of a product identification helper, of CSAF 2.0 (`purl`) and 2.1 (`purls`). */
function identitiesOf(helper: JsonObject): string[] {
  const purl = textIn(helper, 'purl')
  const cpe = textIn(helper, 'cpe')
  const hashes = objectsIn(helper, 'hashes')
    .flatMap((entry) => objectsIn(entry, 'file_hashes'))
    .flatMap((hash) => {
      const [algorithm, value] = [textIn(hash, 'algorithm'), textIn(hash, 'value')]
      return algorithm === null || value === null
        ? []
        : [`${algorithm.toLowerCase().replace(/[^a-z0-9]/g, '')}:${value.toLowerCase()}`]
    })
  return [
    ...[...(purl === null ? [] : [purl]), ...textsIn(helper, 'purls')].map((text) => `purl:${text}`),
    ...(cpe === null ? [] : [cpe]),
    ...MARKS.flatMap(([field, kind]) => textsIn(helper, field).map((text) => `${kind}:${text}`)),
    ...hashes,
  ].slice(0, 2000)
}
