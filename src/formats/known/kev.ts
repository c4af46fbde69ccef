import type { KevEntry } from '../../core/exposure/obligation/signals.ts'
import { isObject, textIn, textsIn } from '../json/loose.ts'
import { csvReader } from './csv-table.ts'
import type { Known } from './known-item.ts'
import { type KnownReader, knownReader } from './known-reader.ts'
import { statedTime } from './stated-time.ts'

/** One row of CISA's catalogue of known exploited vulnerabilities: what dates need, and what people read. */
export interface KevRow {
  readonly entry: KevEntry
  readonly vendor: string
  readonly product: string
  readonly name: string
  readonly description: string
  /** Null: the row does not say, or says that it is not known. */
  readonly ransomware: true | null
  /** Addresses in the notes, labelled where the row labels them. */
  readonly links: readonly { readonly label: string | null; readonly url: string }[]
  readonly weaknesses: readonly string[]
}

/** Reads the catalogue as JSON (`known_exploited_vulnerabilities.json`), row by row. */
export function kevJsonReader(): KnownReader<KevRow> {
  return knownReader(
    (value) => (isObject(value) ? rowOf((name) => textIn(value, name), textsIn(value, 'cwes')) : WRONG),
    ['vulnerabilities'],
  )
}

/** Reads the catalogue as CSV; the columns may stand in any order. */
export function kevCsvReader(): KnownReader<KevRow> {
  return csvReader((cell) =>
    rowOf(
      (name) => cell(name.toLowerCase()),
      (cell('cwes') ?? '').split(/[,;]/).map((cwe) => cwe.trim()),
    ),
  )
}

const WRONG: Known<KevRow> = { ok: false, id: null, why: 'wrong-shape' }
const CVE = /^CVE-\d{4}-\d{4,19}$/

function rowOf(field: (name: string) => string | null, cwes: readonly string[]): Known<KevRow> {
  const cve = field('cveID')
  if (cve === null || !CVE.test(cve)) return { ok: false, id: null, why: 'no-id' }
  const stated = field('dateAdded')
  const added = stated === null ? null : statedTime(stated)
  if (stated === null || added === null) return { ok: false, id: cve, why: 'wrong-shape' }
  const due = field('dueDate')
  const dueAt = due === null ? null : statedTime(due)
  const notes = field('notes') ?? ''
  const row: KevRow = {
    entry: {
      cve,
      added,
      precision: stated.includes('T') ? 'instant' : 'day',
      due: dueAt,
      triage: yesOrNo(field('forensicTriage')),
      action: field('requiredAction') ?? '',
      notes,
    },
    vendor: field('vendorProject') ?? '',
    product: field('product') ?? '',
    name: field('vulnerabilityName') ?? '',
    description: field('shortDescription') ?? '',
    ransomware: field('knownRansomwareCampaignUse')?.toLowerCase() === 'known' ? true : null,
    links: linksOf(notes),
    weaknesses: cwes.filter((cwe) => /^CWE-\d{1,6}$/.test(cwe)),
  }
  return { ok: true, value: row, notes: due !== null && dueAt === null ? [{ code: 'bad-time', said: due.slice(0, 200) }] : [] }
}

function yesOrNo(text: string | null): boolean | null {
  const folded = text?.toLowerCase()
  return folded === 'yes' ? true : folded === 'no' ? false : null
}

/** `Label: https://… ; https://…` */
function linksOf(notes: string): KevRow['links'] {
  return notes.split(';', 50).flatMap((part) => {
    const at = part.search(/https?:\/\//)
    if (at < 0) return []
    const label = part
      .slice(0, at)
      .replace(/[:\s]+$/, '')
      .trim()
    return [{ label: label === '' || label.length > 80 ? null : label, url: part.slice(at).trim().split(/\s/, 1)[0] ?? '' }]
  })
}
