import type { AdvisoryFlaw, AffectedProduct, AffectedRange } from '../../core/advisories/content.ts'
import { STATUSES } from '../../core/advisories/content.ts'
import type { Status } from '../../core/cases/case.ts'
import { formatPurl, parsePurl } from '../../core/kernel/purl.ts'
import { plainLine } from './plain-text.ts'
import type { Json } from './sorted-json.ts'

/** One leaf of a product tree: a version or a range of versions of one product. */
export interface CsafProduct {
  /** Readable and the same in every revision that says the same. */
  readonly id: string
  readonly vendor: string
  readonly product: string
  readonly category: 'product_version' | 'product_version_range'
  readonly version: string
  readonly purl: string | null
}

export interface StatedProduct {
  readonly leaf: CsafProduct
  readonly status: Status
  readonly said: AffectedProduct
}

// A version that sounds like a range may not stand as one version (CSAF 2.0 section 6.1.31).
const RANGE_LIKE = /[<>]|\b(?:after|all|before|earlier|later|prior|versions)\b/i
// The official tests want a version in purls of these types, and know more rules for others; there the helper is left out.
const PLAIN_TYPES = new Set(['npm', 'pypi', 'cargo', 'golang', 'gem', 'composer', 'nuget', 'maven', 'hex', 'deb', 'apk', 'rpm'])

// A Go version that begins with a v must be a semantic one there: a release, one early name of it, or a commit's pseudo-version.
const GO_VERSION =
  /^v(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}(?:-[A-Za-z][0-9A-Za-z]{0,20}|-(?:0\.)?[1-9]\d{13}-[0-9a-f]{12})?(?:\+incompatible)?$/

/** The products of one flaw, each with one status: where vendors or entries contradict each other the worse one counts. */
export function statedProducts(flaw: AdvisoryFlaw): StatedProduct[] {
  const stated = new Map<string, StatedProduct>()
  for (const status of STATUSES) {
    for (const said of flaw.affected) {
      for (const [leaf, as] of leaves(said)) {
        if (as === status && !stated.has(leaf.id)) stated.set(leaf.id, { leaf, status, said })
      }
    }
  }
  return [...stated.values()]
}

function leaves(said: AffectedProduct): [CsafProduct, Status][] {
  const { status } = said
  const own: CsafProduct[] = [
    ...said.ranges.map((range) => leafOf(said, rangeText(said, range), true)),
    ...said.versions.map((version) => leafOf(said, version, false)),
  ]
  if (own.length === 0) own.push(leafOf(said, 'vers:all/*', true))
  const fixed = status === 'affected' ? said.ranges.flatMap((range) => range.fixed ?? []) : []
  return [
    ...own.map((leaf): [CsafProduct, Status] => [leaf, status]),
    ...fixed.map((version): [CsafProduct, Status] => [leafOf(said, version, false), 'fixed']),
  ]
}

function leafOf(said: AffectedProduct, version: string, isRange: boolean): CsafProduct {
  const parsed = said.purl === null ? null : parsePurl(said.purl)
  const purl = parsed?.ok ? parsed.purl : null
  const product = plainLine(said.product ?? purl?.name ?? '')
  const vendor = plainLine(said.vendor ?? purl?.namespace ?? purl?.type ?? '')
  const line = plainLine(version)
  const asRange = isRange || RANGE_LIKE.test(line)
  const shown = asRange && !isRange ? `vers:${scheme(said)}/${encode(line)}` : line
  const isOdd = purl?.type === 'golang' && !asRange && line.startsWith('v') && !GO_VERSION.test(line)
  const helper = purl !== null && PLAIN_TYPES.has(purl.type) && !isOdd ? purl : null
  return {
    id: `${vendor}/${product} ${said.purl === null ? '' : `${said.purl} `}${shown}`,
    vendor,
    product,
    category: asRange ? 'product_version_range' : 'product_version',
    version: shown,
    purl: helper === null ? null : formatPurl(asRange ? helper : { ...helper, version: line }),
  }
}

/** A range as `vers` writes it (VERS specification): `vers:npm/>=1.0|<2.0`. */
function rangeText(said: AffectedProduct, { scheme: by, introduced, fixed, lastAffected }: AffectedRange): string {
  const low = introduced === null || introduced === '0' ? [] : [`>=${encode(introduced)}`]
  const high = fixed !== null ? [`<${encode(fixed)}`] : lastAffected !== null ? [`<=${encode(lastAffected)}`] : []
  const bounds = [...low, ...high]
  if (bounds.length === 0) return 'vers:all/*'
  return `vers:${by === 'git' ? 'git' : by === 'semver' ? 'semver' : scheme(said)}/${bounds.join('|')}`
}

function scheme(said: AffectedProduct): string {
  const parsed = said.purl === null ? null : parsePurl(said.purl)
  return parsed?.ok ? parsed.purl.type : 'generic'
}

function encode(version: string): string {
  return encodeURIComponent(plainLine(version)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The product tree: vendors, their products, the versions of each, every leaf once. */
export function productTree(products: readonly CsafProduct[]): Json {
  const vendors = new Map<string, Map<string, Map<string, CsafProduct>>>()
  for (const leaf of new Map(products.map((one) => [one.id, one])).values()) {
    const ofVendor = vendors.get(leaf.vendor) ?? new Map<string, Map<string, CsafProduct>>()
    const ofProduct = ofVendor.get(leaf.product) ?? new Map<string, CsafProduct>()
    vendors.set(leaf.vendor, ofVendor)
    ofVendor.set(leaf.product, ofProduct)
    ofProduct.set(leaf.id, leaf)
  }
  const branches = [...vendors].map(([vendor, ofVendor]) => ({
    category: 'vendor',
    name: vendor,
    branches: [...ofVendor].map(([product, ofProduct]) => ({
      category: 'product_name',
      name: product,
      branches: [...ofProduct.values()].map(branchOf),
    })),
  }))
  return { branches }
}

function branchOf({ id, vendor, product, category, version, purl }: CsafProduct): Json {
  const helper = purl === null ? undefined : { purl }
  const name = `${vendor} ${product} ${version}`
  return { category, name: version, product: { name, product_id: id, product_identification_helper: helper } }
}
