import type { Instant } from '../../core/kernel/instant.ts'
import { csvReader } from './csv-table.ts'
import type { Known } from './known-item.ts'
import type { KnownReader } from './known-reader.ts'
import { statedTime } from './stated-time.ts'

/** FIRST's estimate for one CVE: the probability of exploitation in the next 30 days, and the share of CVEs with a lower one. */
export interface EpssRow {
  readonly cve: string
  readonly score: number
  readonly percentile: number | null
  /** From the file's comment line; null where it has none. */
  readonly model: string | null
  readonly scored: Instant | null
}

/** Reads EPSS CSV: FIRST's own (`cve,epss,percentile` after a comment line) and layouts with further columns in any order. */
export function epssReader(): KnownReader<EpssRow> {
  let model: string | null = null
  let scored: Instant | null = null
  return csvReader(
    (cell) => rowOf(cell, model, scored),
    (comment) => {
      model = /model_version:([\w.-]{1,40})/.exec(comment)?.[1] ?? null
      scored = statedTime(/score_date:([^,]{1,40})/.exec(comment)?.[1] ?? '')
    },
  )
}

function rowOf(cell: (column: string) => string | null, model: string | null, scored: Instant | null): Known<EpssRow> {
  const cve = cell('cve')
  if (cve === null || !/^CVE-\d{4}-\d{4,19}$/.test(cve)) return { ok: false, id: null, why: 'no-id' }
  const score = share(cell('epss'))
  if (score === null) return { ok: false, id: cve, why: 'wrong-shape' }
  return { ok: true, value: { cve, score, percentile: share(cell('percentile')), model, scored }, notes: [] }
}

function share(text: string | null): number | null {
  if (text === null || !/^\d{0,3}(?:\.\d{1,20})?(?:e-\d{1,3})?$/i.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 && value <= 1 ? value : null
}
