import type { Instant } from '../kernel/instant.ts'
import { scoreVector } from '../priority/cvss/score.ts'
import { foldedId, isCve } from './aliases/flaw-names.ts'
import type { FlawMatch } from './aliases/fold-flaws.ts'
import type { KevEntry, Signals } from './obligation/signals.ts'
import { type SsvcWords, ssvcSignals } from './obligation/ssvc-words.ts'
import type { Stated } from './obligation/stated.ts'

/** What feeds say of flaws by their CVE ids. Null: no such feed was read. */
export interface SignalBook {
  readonly kev: { readonly entries: ReadonlyMap<string, KevEntry>; readonly source: string; readonly at: Instant | null } | null
  readonly epss: ReadonlyMap<string, Said<number>> | null
  readonly ssvc: ReadonlyMap<string, EnrichedSaid> | null
}

export interface Said<T> {
  readonly value: T
  readonly source: string
  readonly at: Instant | null
}

/** What Vulnrichment says of one CVE. */
export interface EnrichedSaid extends Said<SsvcWords | null> {
  /** The day of listing in KEV as it has it: used where no catalogue was read. */
  readonly listed: Instant | null
  readonly vectors: readonly string[]
}

/** The CVE id that a flaw goes by; null where it has none. */
export function cveOf({ primary, ids }: Pick<FlawMatch, 'primary' | 'ids'>): string | null {
  return isCve(primary) ? primary : (ids.map(foldedId).find(isCve) ?? null)
}

/** What rules may ask about a flaw, as the feeds and its own records say it; the severity is computed, the highest counts. */
export function signalsOf(flaw: Pick<FlawMatch, 'primary' | 'ids' | 'records'>, book: SignalBook): Signals {
  const cve = cveOf(flaw)
  const enriched = cve === null ? undefined : book.ssvc?.get(cve)
  const epss = cve === null ? undefined : book.epss?.get(cve)
  const none = { exploitation: null, automatable: null, impact: null }
  const ssvc =
    enriched === undefined || enriched.value === null
      ? none
      : ssvcSignals(enriched.value, 'feed:vulnrichment', enriched.source, enriched.at)
  return {
    kev: kevOf(cve, book, enriched),
    epss: epss === undefined ? null : { ...epss, by: 'feed:epss' },
    ...ssvc,
    severity: severityOf([...flaw.records.flatMap(({ record }) => record.vectors), ...(enriched?.vectors ?? [])]),
  }
}

function kevOf(cve: string | null, { kev }: SignalBook, enriched: EnrichedSaid | undefined): Signals['kev'] {
  if (kev !== null) {
    const entry = cve === null ? null : (kev.entries.get(cve) ?? null)
    return { value: entry, by: 'feed:kev', source: kev.source, at: entry?.added ?? kev.at }
  }
  if (cve === null || enriched === undefined || enriched.listed === null) return null
  const added = enriched.listed
  const value: KevEntry = { cve, added, precision: 'day', due: null, triage: null, action: '', notes: '' }
  return { value, by: 'feed:vulnrichment', source: enriched.source, at: added }
}

const MOST_VECTORS = 20

function severityOf(vectors: readonly string[]): Signals['severity'] {
  let best: { readonly score: number; readonly said: Stated<'none' | 'low' | 'medium' | 'high' | 'critical'> } | null = null
  for (const vector of new Set(vectors.slice(0, MOST_VECTORS))) {
    const scored = scoreVector(vector)
    if (!scored.ok || (best !== null && scored.score <= best.score)) continue
    best = { score: scored.score, said: { value: scored.severity, by: 'weir', source: scored.vector, at: null } }
  }
  return best?.said ?? null
}
