import type { VexProduct, VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import { vexStatus } from '../../core/exposure/vex/vex-word.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { isObject, type JsonObject, listIn, objectIn, objectsIn, own, textIn, textsIn } from '../json/loose.ts'
import { type Known, NoteBook } from './known-item.ts'
import { timeIn } from './stated-time.ts'

interface Document {
  readonly id: string
  readonly author: string
  readonly at: Instant | null
}

/** The statements of one OpenVEX document (0.0.1 to 0.2.0: products as texts or as objects). */
export function readOpenVex(value: unknown): Known<readonly VexStatement[]> {
  if (!isObject(value)) return { ok: false, id: null, why: 'wrong-shape' }
  const id = textIn(value, '@id')
  if (!Array.isArray(own(value, 'statements'))) return { ok: false, id, why: 'wrong-shape' }
  const notes = new NoteBook()
  const at = timeIn(value, 'last_updated', notes) ?? timeIn(value, 'timestamp', notes)
  const document = { id: id ?? '', author: textIn(value, 'author') ?? '', at }
  const statements = objectsIn(value, 'statements').flatMap((stated) => statementOf(stated, document, notes) ?? [])
  return { ok: true, value: statements, notes: notes.notes }
}

function statementOf(stated: JsonObject, document: Document, notes: NoteBook): VexStatement | null {
  const ids = idsOf(stated)
  const status = vexStatus(textIn(stated, 'status') ?? '')
  if (ids.length === 0 || status === null) {
    notes.add('unknown-product', `${ids[0] ?? ''} ${textIn(stated, 'status') ?? ''}`)
    return null
  }
  const parts = listIn(stated, 'subcomponents').flatMap(partOf)
  return {
    source: 'openvex',
    document: document.id,
    author: document.author,
    at: timeIn(stated, 'last_updated', notes) ?? timeIn(stated, 'timestamp', notes) ?? document.at,
    ids,
    status,
    justification: textIn(stated, 'justification'),
    detail: textIn(stated, 'impact_statement') ?? textIn(stated, 'action_statement') ?? textIn(stated, 'status_notes'),
    products: listIn(stated, 'products').flatMap((product) => productsOf(product, parts)),
  }
}

function idsOf(stated: JsonObject): string[] {
  const plain = textIn(stated, 'vulnerability')
  if (plain !== null) return [plain]
  const named = objectIn(stated, 'vulnerability')
  const url = textIn(named, '@id')?.split('/').at(-1)
  const name = textIn(named, 'name') ?? url
  return [...new Set([...(name === undefined ? [] : [name]), ...textsIn(named, 'aliases')])]
}

function productsOf(product: unknown, outer: readonly string[]): VexProduct[] {
  if (typeof product === 'string') return [{ identity: named(product), versions: null, parts: outer }]
  if (!isObject(product)) return []
  const inner = listIn(product, 'subcomponents').flatMap(partOf)
  const parts = inner.length > 0 ? inner : outer
  return identitiesOf(product).map((identity) => ({ identity, versions: null, parts }))
}

function partOf(part: unknown): string[] {
  if (typeof part === 'string') return [named(part)]
  return isObject(part) ? identitiesOf(part) : []
}

/** A purl counts before a CPE, and both before an address nobody can resolve here. */
function identitiesOf(component: JsonObject): string[] {
  const id = textIn(component, '@id')
  const identifiers = objectIn(component, 'identifiers')
  const purl = textIn(identifiers, 'purl') ?? (id?.startsWith('pkg:') ? id : null)
  if (purl !== null) return [`purl:${purl}`]
  const cpe = textIn(identifiers, 'cpe23') ?? textIn(identifiers, 'cpe22')
  if (cpe !== null) return [cpe]
  const hashes = objectIn(component, 'hashes')
  const marks = Object.keys(hashes).flatMap((key) => {
    const hash = textIn(hashes, key)
    return hash === null ? [] : [`${key.toLowerCase().replace(/[^a-z0-9]/g, '')}:${hash.toLowerCase()}`]
  })
  if (marks.length > 0) return marks
  return id === null ? [] : [named(id)]
}

function named(text: string): string {
  return text.startsWith('pkg:') ? `purl:${text}` : text.startsWith('cpe:') ? text : `ref:${text}`
}
