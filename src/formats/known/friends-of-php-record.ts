import type { AdvisoryRecord, AffectedRange } from '../../core/exposure/advisory-record.ts'
import { packageKey } from '../../core/exposure/package-key.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { isObject, type JsonObject, objectIn, own, textIn, textsIn } from '../json/loose.ts'
import { type Known, NoteBook } from './known-item.ts'
import { timeIn } from './stated-time.ts'

const PART = /^(<=|>=|!=|<|>|=)?\s*([0-9A-Za-z][0-9A-Za-z.+_-]{0,100})$/

/** One advisory of FriendsOfPHP/security-advisories as JSON: each branch is a stretch of versions, its bounds joined by "and". */
export function readFriendsOfPhpRecord(value: unknown): Known<AdvisoryRecord> {
  if (!isObject(value)) return { ok: false, id: null, why: 'wrong-shape' }
  const name = /^composer:\/\/(.{1,200})$/.exec(textIn(value, 'reference') ?? '')?.[1] ?? null
  const cve = textIn(value, 'cve')
  const file = /^(.{1,300})\.ya?ml$/.exec(textIn(value, '_file') ?? '')?.[1]
  const id = file !== undefined ? `x_FOP-${file}` : name !== null && cve !== null ? `x_FOP-${name}/${cve}` : null
  if (name === null || id === null) return { ok: false, id, why: name === null ? 'names-nothing' : 'no-id' }
  const notes = new NoteBook()
  const stated = objectIn(value, 'branches')
  const branches = Object.keys(stated).flatMap((key) => (isObject(own(stated, key)) ? [objectIn(stated, key)] : []))
  const times = branches.map((branch) => timeIn(branch, 'time', notes)).filter((at) => at !== null)
  const ranges = branches.map((branch) => rangeOf(branch, notes))
  const record: AdvisoryRecord = {
    id,
    aliases: cve === null ? [] : [cve],
    source: 'friends-of-php',
    modified: null,
    published: times.length === 0 ? null : (Math.min(...times.slice(0, 1000)) as Instant),
    withdrawn: null,
    summary: textIn(value, 'title') ?? '',
    vectors: [],
    affected: [{ key: packageKey('Packagist', name), ecosystem: 'Packagist', name, ranges, versions: [] }],
    products: [],
  }
  return { ok: true, value: record, notes: notes.notes }
}

function rangeOf(branch: JsonObject, notes: NoteBook): AffectedRange {
  const stated = textsIn(branch, 'versions')
  const bounds = stated.map((text) => PART.exec(text.trim()))
  const read = bounds.flatMap((found) => (found ? [`${found[1] ?? '='}${encodeURIComponent(found[2] ?? '')}`] : []))
  const whole = read.length === stated.length && read.length > 0
  if (!whole) notes.add('unreadable-range', stated.join(' '))
  return { kind: 'vers', events: [], vers: whole ? `vers:composer/${read.join('|')}` : stated.join(' ') }
}
