import type { VexProduct, VexStatement, VexStatus } from '../../core/exposure/vex/vex-statement.ts'
import { vexStatus } from '../../core/exposure/vex/vex-word.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { isObject, type JsonObject, objectIn, objectsIn, textIn } from '../json/loose.ts'
import { type Known, NoteBook } from './known-item.ts'
import { statedTime, timeIn } from './stated-time.ts'

const VERSION_STATES: ReadonlyMap<string, VexStatus> = new Map([
  ['affected', 'affected'],
  ['unaffected', 'not-affected'],
  ['unknown', 'under-investigation'],
])

const DEEPEST = 60

interface Document {
  readonly id: string
  readonly author: string
  readonly at: Instant | null
  readonly refs: ReadonlyMap<string, string>
}

/** The statements of one CycloneDX document with `vulnerabilities` (1.4 and later); bom-refs that it defines itself become purls. */
export function readCycloneDxVex(value: unknown): Known<readonly VexStatement[]> {
  if (!isObject(value)) return { ok: false, id: null, why: 'wrong-shape' }
  const metadata = objectIn(value, 'metadata')
  const notes = new NoteBook()
  const document = {
    id: textIn(value, 'serialNumber') ?? '',
    author: authorOf(metadata),
    at: timeIn(metadata, 'timestamp', notes),
    refs: refsOf([objectIn(metadata, 'component'), ...objectsIn(value, 'components')]),
  }
  const statements = objectsIn(value, 'vulnerabilities').flatMap((stated) => statementsIn(stated, document, notes))
  return { ok: true, value: statements, notes: notes.notes }
}

function authorOf(metadata: JsonObject): string {
  const named = [objectIn(metadata, 'supplier'), objectIn(metadata, 'manufacturer'), objectIn(metadata, 'manufacture')]
  return [...named, ...objectsIn(metadata, 'authors')].map((party) => textIn(party, 'name')).find((name) => name !== null) ?? ''
}

function refsOf(roots: readonly JsonObject[]): ReadonlyMap<string, string> {
  const refs = new Map<string, string>()
  let level = roots
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    for (const component of level) {
      const [ref, purl] = [textIn(component, 'bom-ref'), textIn(component, 'purl')]
      if (ref !== null && purl !== null && !refs.has(ref)) refs.set(ref, purl)
    }
    level = level.flatMap((component) => objectsIn(component, 'components'))
  }
  return refs
}

function statementsIn(stated: JsonObject, document: Document, notes: NoteBook): VexStatement[] {
  const id = textIn(stated, 'id')
  const analysis = objectIn(stated, 'analysis')
  if (id === null) {
    notes.add('no-package', textIn(analysis, 'state') ?? '')
    return []
  }
  const references = objectsIn(stated, 'references').flatMap((entry) => textIn(entry, 'id') ?? [])
  const whole = vexStatus(textIn(analysis, 'state') ?? '')
  const byStatus = new Map<VexStatus, VexProduct[]>()
  for (const affects of objectsIn(stated, 'affects')) {
    for (const [status, product] of productsOf(affects, whole, document)) {
      const held = byStatus.get(status)
      if (held === undefined) byStatus.set(status, [product])
      else held.push(product)
    }
  }
  if (byStatus.size === 0 && whole !== null) byStatus.set(whole, [])
  return [...byStatus].map(([status, products]) => ({
    source: 'cyclonedx',
    document: document.id,
    author: document.author,
    at:
      statedTime(textIn(analysis, 'lastUpdated') ?? textIn(analysis, 'firstIssued') ?? textIn(stated, 'updated') ?? '') ??
      document.at,
    ids: [...new Set([id, ...references])],
    status,
    justification: textIn(analysis, 'justification'),
    detail: textIn(analysis, 'detail'),
    products,
  }))
}

/** Versions with a status of their own say it for themselves; all else is as the analysis says. */
function productsOf(affects: JsonObject, whole: VexStatus | null, document: Document): [VexStatus, VexProduct][] {
  const ref = textIn(affects, 'ref')
  if (ref === null) return []
  const identity = identityOf(ref, document.refs)
  const versions = objectsIn(affects, 'versions').flatMap((entry): [VexStatus, VexProduct][] => {
    const own = VERSION_STATES.get(textIn(entry, 'status') ?? 'affected') ?? 'under-investigation'
    // "Affected" lists the versions that the analysis is about.
    const status = own === 'affected' && whole !== null ? whole : own
    const single = textIn(entry, 'version')
    const range = textIn(entry, 'range') ?? (single === null ? null : `vers:generic/${encodeURIComponent(single)}`)
    return range === null ? [] : [[status, { identity, versions: range, parts: [] }]]
  })
  return versions.length > 0 ? versions : whole === null ? [] : [[whole, { identity, versions: null, parts: [] }]]
}

/**
 * A bom-ref of this document becomes its purl, and so does a BOM-Link (`urn:cdx:serial/version#ref`) that ends in one. Another
 * document's own name stays a link, for two documents may call different things `1`.
 */
function identityOf(ref: string, refs: ReadonlyMap<string, string>): string {
  const purl = refs.get(ref)
  if (purl !== undefined) return `purl:${purl}`
  const inner = decoded(ref.startsWith('urn:cdx:') ? ref.slice(ref.indexOf('#') + 1) : ref)
  return inner.startsWith('pkg:') ? `purl:${inner}` : `ref:${ref}`
}

function decoded(text: string): string {
  if (!text.includes('%') || text.startsWith('pkg:')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
