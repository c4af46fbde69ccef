import { looksLikeCrash } from './crash/crash-text.ts'
import type { FormatName } from './format.ts'
import { type HeadKeys, headKeys } from './json/head-keys.ts'
import { isBlank, withoutMark } from './json/lines.ts'
import { shapeOf } from './json/shape.ts'
import { decodeLoosely } from './json/utf8.ts'

const WEIR_FIELDS = [
  'target',
  'locations',
  'weaknesses',
  'stack',
  'crash',
  'evidence',
  'provenance',
  'key',
  'title',
  'text',
  'rule',
  'severities',
]

/**
 * The format of a report by its first 64 KiB, keys in any order; the file's name decides only where the content leaves it open.
 * Null where it is none that Weir reads. OSV, GitHub and CVE records a line are of the same format as one alone.
 */
export function detectFormat(head: Uint8Array, name?: string): FormatName | null {
  const bytes = withoutMark(head)
  let first = 0
  while (first < bytes.length && isBlank(bytes[first]!)) first++
  const opens = bytes[first]
  if (opens !== 0x7b && opens !== 0x5b) return looksLikeCrash(decodeLoosely(bytes)) ? 'crash-log' : null
  const keys = headKeys(bytes)
  const found = byKeys(keys) ?? byName((name ?? '').toLowerCase(), keys)
  // Some crash logs begin with a bracket, `[1234.5] BUG: ...` for one.
  if (found === null) return keys.outer.size === 0 && looksLikeCrash(decodeLoosely(bytes)) ? 'crash-log' : null
  return found === 'weir' && opens === 0x7b && isLines(bytes, name) ? 'weir-ndjson' : found
}

function byKeys({ outer, inner, emptyList }: HeadKeys): FormatName | null {
  if (emptyList) return 'weir'
  if (outer.has('weir') || outer.has('findings')) return 'weir'
  if (outer.has('runs') && (outer.has('version') || outer.has('$schema') || inner.has('results') || inner.has('tool')))
    return 'sarif'
  if (outer.has('cveMetadata') || (outer.has('containers') && (outer.has('dataType') || inner.has('cna') || inner.has('adp'))))
    return 'cve'
  if (outer.has('ghsa_id')) return 'ghsa'
  const isOsv = ['modified', 'affected', 'schema_version', 'details', 'database_specific'].some((key) => outer.has(key))
  if (isOsv && !outer.has('target') && !outer.has('title') && !outer.has('text')) return 'osv'
  // The rules that cover a crash's kind have common words for names: a single one of them is enough only where nothing else fits.
  return WEIR_FIELDS.some((key) => outer.has(key)) || outer.has('aliases') ? 'weir' : null
}

function byName(name: string, { outer }: HeadKeys): FormatName | null {
  if (outer.size === 0) return null
  if (name.endsWith('.sarif') || name.endsWith('.sarif.json')) return 'sarif'
  if (/(^|[/\\])cve-\d{4}-\d{4,9}\.json$/.test(name)) return 'cve'
  if (/(^|[/\\])ghsa(-[0-9a-z]{4}){3}\.json$/.test(name) || name.endsWith('.osv.json')) return 'osv'
  return name.endsWith('.weir.json') ? 'weir' : null
}

function isLines(bytes: Uint8Array, name: string | undefined): boolean {
  return shapeOf(bytes, false) === 'lines' || /\.(ndjson|jsonl)$/i.test(name ?? '')
}
