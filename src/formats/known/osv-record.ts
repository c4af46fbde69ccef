import type { AdvisoryRecord, AffectedPackage, AffectedRange, RangeEvent } from '../../core/exposure/advisory-record.ts'
import { identityOfPurl } from '../../core/exposure/package-identity.ts'
import { packageKey } from '../../core/exposure/package-key.ts'
import { isObject, type JsonObject, objectIn, objectsIn, own, textIn, textsIn } from '../json/loose.ts'
import { type Known, NoteBook } from './known-item.ts'
import { osvNames } from './osv-names.ts'
import { timeIn } from './stated-time.ts'

const KINDS = new Map([
  ['SEMVER', 'semver'],
  ['ECOSYSTEM', 'ecosystem'],
  ['GIT', 'git'],
] as const)

/** Whether a package is asked for, by its key as `packageKey` makes it. */
export type WantsPackage = (key: string) => boolean

/**
 * One OSV record (OSV schema 1.x, any or no `schema_version`) of the database called `source`. Of a record none of whose packages is
 * asked for only its names are taken, for others may be joined by them; without `wants` all of it always is.
 */
export function readOsvRecord(value: unknown, source = 'osv', wants: WantsPackage | null = null): Known<AdvisoryRecord> {
  if (!isObject(value)) return { ok: false, id: null, why: 'wrong-shape' }
  const id = textIn(value, 'id')
  if (id === null || id.length > 300) return { ok: false, id: null, why: 'no-id' }
  const stated = objectsIn(value, 'affected')
  if (wants !== null && textIn(value, 'withdrawn') === null && namesOther(stated, wants))
    return { ok: true, value: namesOnly(id, osvNames(value, id), source), notes: [] }
  const notes = new NoteBook()
  const affected = stated.flatMap((entry) => affectedOf(entry, notes) ?? [])
  const withdrawn = timeIn(value, 'withdrawn', notes)
  if (affected.length === 0 && stated.length > 0 && withdrawn === null) return { ok: false, id, why: 'names-nothing' }
  const record: AdvisoryRecord = {
    id,
    aliases: osvNames(value, id),
    source,
    modified: timeIn(value, 'modified', notes),
    published: timeIn(value, 'published', notes),
    withdrawn,
    summary: textIn(value, 'summary') ?? firstLine(textIn(value, 'details') ?? ''),
    vectors: [...new Set([value, ...stated].flatMap(vectorsOf))],
    affected,
    products: [],
  }
  return { ok: true, value: record, notes: notes.notes }
}

function namesOnly(id: string, aliases: readonly string[], source: string): AdvisoryRecord {
  const none = { modified: null, published: null, withdrawn: null, summary: '', vectors: [], affected: [], products: [] }
  return { id, aliases, source, ...none }
}

/** Whether every entry names a package in the plainest way, and none of them is asked for; each of them is asked about. */
function namesOther(stated: readonly JsonObject[], wants: WantsPackage): boolean {
  let others = stated.length > 0
  for (const entry of stated) {
    const named = objectIn(entry, 'package')
    const [ecosystem, name] = [textIn(named, 'ecosystem'), textIn(named, 'name')]
    const key = ecosystem === null || name === null ? 'other:' : packageKey(ecosystem, name)
    if (key.startsWith('other:') || wants(key)) others = false
  }
  return others
}

function affectedOf(entry: JsonObject, notes: NoteBook): AffectedPackage | null {
  const named = objectIn(entry, 'package')
  const purl = textIn(named, 'purl')
  const fromPurl = purl === null ? null : identityOfPurl(purl)
  if (purl !== null && fromPurl === null) notes.add('bad-identity', purl)
  const ecosystem = textIn(named, 'ecosystem') ?? fromPurl?.type ?? null
  const name = textIn(named, 'name') ?? fromPurl?.key.slice(fromPurl.key.indexOf('/') + 1) ?? null
  const ranges = objectsIn(entry, 'ranges').flatMap((range) => rangeOf(range, notes) ?? [])
  if (ecosystem === null || name === null) {
    // A record about a repository alone names no package that an inventory could hold.
    if (!ranges.some(({ kind }) => kind === 'git')) notes.add('no-package', purl ?? '')
    return null
  }
  const versions = textsIn(entry, 'versions')
  const byName = packageKey(ecosystem, name)
  return { key: byName.startsWith('other:') ? (fromPurl?.key ?? byName) : byName, ecosystem, name, ranges, versions }
}

function rangeOf(range: JsonObject, notes: NoteBook): AffectedRange | null {
  const type = textIn(range, 'type') ?? ''
  const kind = KINDS.get(type as 'SEMVER')
  if (kind === undefined) {
    notes.add('unknown-range', type)
    return null
  }
  // Commits match no version: that there was such a range is all that is kept.
  if (kind === 'git') return { kind, events: [], vers: null }
  const events = objectsIn(range, 'events').flatMap(eventsOf)
  if (events.some((event) => 'introduced' in event)) return { kind, events, vers: null }
  notes.add('range-without-start', events.map((event) => Object.values(event).join('')).join(' '))
  return null
}

const NAMES = [
  ['introduced', 'introduced'],
  ['fixed', 'fixed'],
  ['last_affected', 'lastAffected'],
  ['limit', 'limit'],
] as const

function eventsOf(event: JsonObject): RangeEvent[] {
  return NAMES.flatMap(([name, as]) => {
    const stated = own(event, name)
    // YAML turned into JSON may have made a number of a version.
    const text = typeof stated === 'number' ? String(stated) : textIn(event, name)
    return text === null ? [] : [{ [as]: text } as unknown as RangeEvent]
  })
}

function vectorsOf(holder: JsonObject): string[] {
  return objectsIn(holder, 'severity').flatMap((entry) => textIn(entry, 'score') ?? [])
}

/** The first line of a longer text, cut to 200 characters. */
export function firstLine(text: string): string {
  const end = text.search(/[\r\n]/)
  return (end < 0 ? text : text.slice(0, end)).slice(0, 200)
}
