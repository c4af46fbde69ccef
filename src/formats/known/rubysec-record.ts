import type { AdvisoryRecord, AffectedRange } from '../../core/exposure/advisory-record.ts'
import { packageKey } from '../../core/exposure/package-key.ts'
import { versionOrder } from '../../core/kernel/version-order.ts'
import { isObject, type JsonObject, own, textIn, textsIn } from '../json/loose.ts'
import { versOutside } from './gem-requirement.ts'
import { type Known, NoteBook } from './known-item.ts'
import { timeIn } from './stated-time.ts'

/** One advisory of the Ruby advisory database as JSON: affected is what neither `patched_versions` nor `unaffected_versions` holds. */
export function readRubysecRecord(value: unknown): Known<AdvisoryRecord> {
  if (!isObject(value)) return { ok: false, id: null, why: 'wrong-shape' }
  const gem = textIn(value, 'gem')
  const id = idOf(value, gem)
  if (gem === null || id === null) return { ok: false, id, why: gem === null ? 'names-nothing' : 'no-id' }
  const notes = new NoteBook()
  const safe = [...textsIn(value, 'patched_versions'), ...textsIn(value, 'unaffected_versions')]
  const order = versionOrder('gem')
  const vers = order === null ? null : versOutside(safe, order)
  if (vers === null) notes.add('unreadable-range', safe.join(' || '))
  const range: AffectedRange = { kind: 'vers', events: [], vers: vers ?? safe.join(' || ') }
  const at = timeIn(value, 'date', notes)
  const record: AdvisoryRecord = {
    id,
    aliases: aliasesOf(value),
    source: 'rubysec',
    modified: null,
    published: at,
    withdrawn: null,
    summary: textIn(value, 'title') ?? '',
    vectors: [],
    affected: [{ key: packageKey('RubyGems', gem), ecosystem: 'RubyGems', name: gem, ranges: [range], versions: [] }],
    products: [],
  }
  return { ok: true, value: record, notes: notes.notes }
}

/** The database has no ids of its own: its file says which advisory it is. */
function idOf(value: JsonObject, gem: string | null): string | null {
  const file = /([^/]{1,200})\/([^/]{1,200})\.ya?ml$/.exec(textIn(value, '_file') ?? '')
  if (file) return `x_RUBYSEC-${file[1]}/${file[2]}`
  const [first] = aliasesOf(value)
  return gem === null || first === undefined ? null : `x_RUBYSEC-${gem}/${first}`
}

function aliasesOf(value: JsonObject): string[] {
  const cve = textIn(value, 'cve')
  const ghsa = textIn(value, 'ghsa')
  const osvdb = own(value, 'osvdb')
  return [
    ...(cve === null ? [] : [`CVE-${cve.replace(/^CVE-/i, '')}`]),
    ...(ghsa === null ? [] : [`GHSA-${ghsa.replace(/^GHSA-/i, '')}`]),
    ...(typeof osvdb === 'number' || typeof osvdb === 'string' ? [`OSVDB-${osvdb}`] : []),
  ]
}
