import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import type { KevEntry, Signals } from '../core/exposure/obligation/signals.ts'
import { NO_SIGNALS } from '../core/exposure/obligation/signals.ts'
import { ssvcSignals } from '../core/exposure/obligation/ssvc-words.ts'
import { type Instant, instant, parseInstant } from '../core/kernel/instant.ts'

/** The folder with the public priority data that WEIR_CORPUS names; null where there is none. */
export function priorityFolder(): string | null {
  const folder = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/priority')
  return process.env['WEIR_CORPUS'] && existsSync(folder) ? folder : null
}

/** One CVE as CISA's Vulnrichment judged it. */
export interface RatedCve {
  readonly cve: string
  readonly signals: Signals
  /** The day of listing in KEV as the record itself has it. */
  readonly ownKev: Instant | null
}

/** The 44,026 records, each with its SSVC answers and no catalogue yet. */
export function ratedCves(folder: string): readonly RatedCve[] {
  return unpack(join(folder, 'vulnrichment-ssvc.ndjson.zst'))
    .trim()
    .split('\n')
    .map((line) => {
      const { cve, ssvc, ts, kev } = JSON.parse(line) as Record<string, string> & { ssvc: Record<string, string> }
      const words = {
        exploitation: ssvc['Exploitation']!,
        automatable: ssvc['Automatable']!,
        impact: ssvc['Technical Impact']!,
      }
      const signals = { ...NO_SIGNALS, ...ssvcSignals(words, 'feed:cisa-vulnrichment', cve!, parseInstant(ts!)) }
      return { cve: cve!, signals, ownKev: kev === undefined ? null : dayOf(kev) }
    })
}

/** The catalogue of 25 August 2025 (JSON) and of 18 November 2025 (CSV), by CVE id. */
export function kevCatalogue(folder: string, which: 'august' | 'november'): ReadonlyMap<string, KevEntry> {
  const rows = which === 'august' ? fromJson(folder) : fromCsv(unpack(join(folder, 'kev-2025-11-18.csv.zst')))
  return new Map(rows.map((row) => [row['cveID']!, entryOf(row)]))
}

/** An entry of which nothing but its day is known. */
export function bareEntry(cve: string, added: Instant): KevEntry {
  return { cve, added, precision: 'day', due: null, triage: null, action: '', notes: '' }
}

function entryOf(row: Record<string, string>): KevEntry {
  const { cveID, dateAdded, dueDate, requiredAction, notes } = row
  const bare = bareEntry(cveID!, dayOf(dateAdded!))
  return { ...bare, due: dueDate ? dayOf(dueDate) : null, action: requiredAction ?? '', notes: notes ?? '' }
}

function fromJson(folder: string): readonly Record<string, string>[] {
  const read = JSON.parse(unpack(join(folder, 'kev-2025-08-25.json.zst'))) as { vulnerabilities: Record<string, string>[] }
  return read.vulnerabilities
}

function fromCsv(text: string): readonly Record<string, string>[] {
  const [head = [], ...rows] = records(text)
  return rows
    .filter((row) => row.length === head.length)
    .map((row) => Object.fromEntries(head.map((name, n) => [name, row[n]!])))
}

// Quoted fields hold commas, doubled quotes and line ends.
function records(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',') rows.push([])
  }
  return rows
}

function dayOf(text: string): Instant {
  return instant(Date.parse(`${text.slice(0, 10)}T00:00:00Z`))
}

function unpack(file: string): string {
  return new TextDecoder().decode(zstdDecompressSync(readFileSync(file)))
}
