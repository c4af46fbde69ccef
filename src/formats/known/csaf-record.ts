import type { AdvisoryRecord, AffectedPackage, AffectedProduct } from '../../core/exposure/advisory-record.ts'
import { identityOfPurl } from '../../core/exposure/package-identity.ts'
import { familyOfKey } from '../../core/exposure/package-key.ts'
import type { VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import { isObject, type JsonObject, objectIn, objectsIn, textIn, textsIn } from '../json/loose.ts'
import { STATUSES } from './csaf-status.ts'
import { productsOfTree, type TreeProduct } from './csaf-tree.ts'
import { statementsOf } from './csaf-vex.ts'
import { type Known, NoteBook } from './known-item.ts'
import { timeIn } from './stated-time.ts'

/** A CSAF document as what it is: a record per vulnerability, and the same as VEX. */
export interface CsafDocument {
  readonly id: string
  readonly revision: string
  readonly publisher: string
  readonly records: readonly AdvisoryRecord[]
  readonly statements: readonly VexStatement[]
}

/** Products of one document over all its flaws: flaws times products times identities could fill the memory otherwise. */
const MOST_PRODUCTS = 300_000

/**
 * Reads a CSAF 2.0 or 2.1 document. A record's id is the document's and the flaw's (`ICSA-24-023-02/CVE-2023-6816`), its source
 * `csaf:` and the publisher. A product affected by purl is a package; what else has an identity is a product, with its status.
 */
export function readCsaf(value: unknown): Known<CsafDocument> {
  if (!isObject(value)) return { ok: false, id: null, why: 'wrong-shape' }
  const document = objectIn(value, 'document')
  const tracking = objectIn(document, 'tracking')
  const id = textIn(tracking, 'id')
  if (id === null || id.length > 300) return { ok: false, id: null, why: 'no-id' }
  if (!/^2\.[01]$/.test(textIn(document, 'csaf_version') ?? '2.0')) return { ok: false, id, why: 'wrong-version' }
  const notes = new NoteBook()
  const publisher =
    textIn(objectIn(document, 'publisher'), 'name') ?? textIn(objectIn(document, 'publisher'), 'namespace') ?? ''
  const tree = productsOfTree(objectIn(value, 'product_tree'), notes)
  const head = {
    source: `csaf:${publisher.toLowerCase()}`,
    modified: timeIn(tracking, 'current_release_date', notes),
    published: timeIn(tracking, 'initial_release_date', notes),
    withdrawn: null,
  }
  const title = textIn(document, 'title') ?? id
  const room = { records: MOST_PRODUCTS, statements: MOST_PRODUCTS }
  const records: AdvisoryRecord[] = []
  const statements: VexStatement[] = []
  for (const [n, vulnerability] of objectsIn(value, 'vulnerabilities').entries()) {
    const ids = idsOf(vulnerability)
    const named = `${id}/${ids[0] ?? n + 1}`
    const parts = partsOf(vulnerability, tree, room, notes)
    const summary = textIn(vulnerability, 'title') ?? title
    records.push({ id: named, aliases: ids, ...head, summary, vectors: vectorsOf(vulnerability), ...parts })
    const of = { document: id, author: publisher, at: head.modified, ids, flaw: named }
    for (const statement of statementsOf(vulnerability, tree, of, room)) statements.push(statement)
  }
  const revision = textIn(tracking, 'version') ?? ''
  return { ok: true, value: { id, revision, publisher, records, statements }, notes: notes.notes }
}

function idsOf(vulnerability: JsonObject): string[] {
  const cve = textIn(vulnerability, 'cve')
  const others = objectsIn(vulnerability, 'ids').flatMap((entry) => textIn(entry, 'text') ?? [])
  // A maker's own number (`12345`) names nothing outside its own documents.
  return [...new Set([...(cve === null ? [] : [cve]), ...others.filter((text) => /^[A-Z][A-Za-z]+-\S+$/.test(text))])]
}

function vectorsOf(vulnerability: JsonObject): string[] {
  const scores = [
    ...objectsIn(vulnerability, 'scores'),
    ...objectsIn(vulnerability, 'metrics').map((metric) => objectIn(metric, 'content')),
  ]
  const names = ['cvss_v4', 'cvss_v3', 'cvss_v2']
  return [...new Set(scores.flatMap((score) => names.flatMap((name) => textIn(objectIn(score, name), 'vectorString') ?? [])))]
}

function partsOf(
  vulnerability: JsonObject,
  tree: ReadonlyMap<string, TreeProduct>,
  room: { records: number },
  notes: NoteBook,
): Pick<AdvisoryRecord, 'affected' | 'products'> {
  const remedies = remediesOf(vulnerability)
  const affected = new Map<string, AffectedPackage>()
  const products: AffectedProduct[] = []
  const stated = objectIn(vulnerability, 'product_status')
  for (const [field, status] of STATUSES) {
    for (const id of textsIn(stated, field)) {
      const product = tree.get(id)
      if (product === undefined) {
        notes.add('unknown-product', id)
        continue
      }
      for (const identity of product.identities) {
        if (room.records-- <= 0) {
          notes.add('too-many', String(MOST_PRODUCTS))
          break
        }
        const named = status === 'affected' && identity.startsWith('purl:') ? packageOf(identity.slice(5), product) : null
        if (named !== null) affected.set(`${named.ecosystem} ${named.key} ${named.versions[0] ?? named.ranges[0]?.vers}`, named)
        else {
          const { name, vendor, range } = product
          products.push({ identity, name, vendor, status, range, remedy: remedies.get(id) ?? null })
        }
      }
    }
  }
  return { affected: [...affected.values()], products }
}

function packageOf(purl: string, product: TreeProduct): AffectedPackage | null {
  const identity = identityOfPurl(purl)
  if (identity === null) return null
  const { key, release, version } = identity
  const ecosystem = release === null ? familyOfKey(key) : `${familyOfKey(key)}:${release}`
  const range = product.range ?? { kind: 'vers', events: [], vers: 'vers:all/*' }
  return {
    key,
    ecosystem,
    name: product.name,
    ranges: version === null ? [range] : [],
    versions: version === null ? [] : [version],
  }
}

const REMEDIES = ['vendor_fix', 'optional_patch', 'mitigation', 'workaround', 'none_available', 'no_fix_planned']

/** The remedy of each product that says most: a fix before a mitigation. */
function remediesOf(vulnerability: JsonObject): ReadonlyMap<string, string> {
  const stated = objectsIn(vulnerability, 'remediations')
  const rank = (entry: JsonObject): number => REMEDIES.indexOf(textIn(entry, 'category') ?? '')
  const sorted = stated.filter((entry) => rank(entry) >= 0).sort((a, b) => rank(a) - rank(b))
  const remedies = new Map<string, string>()
  for (const entry of sorted) {
    const text = `${textIn(entry, 'category')}: ${textIn(entry, 'details') ?? textIn(entry, 'url') ?? ''}`.slice(0, 2000)
    for (const id of textsIn(entry, 'product_ids')) if (!remedies.has(id)) remedies.set(id, text)
  }
  return remedies
}
