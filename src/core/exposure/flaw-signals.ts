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

/** CVE ids of one record that are looked at; more than that no advisory names. */
const MOST_CVES = 2_000

type Named = Pick<FlawMatch, 'primary' | 'ids' | 'covers'>

/** The CVE id that a flaw goes by, or the first of those that its record covers; null where it has none. */
export function cveOf(flaw: Named): string | null {
  return cvesOf(flaw)[0] ?? null
}

/** A flaw has one CVE id; only a record of several CVE ids that stands alone has more, and then all of them count. */
function cvesOf({ primary, ids, covers }: Named): readonly string[] {
  if (isCve(primary)) return [primary]
  const own = ids.map(foldedId).find(isCve)
  return own === undefined ? covers.filter(isCve).slice(0, MOST_CVES) : [own]
}

/**
 * What rules may ask about a flaw, as the feeds and its own records say it; the severity is computed, the highest counts. Of a record
 * that covers several CVE ids the worst answer counts, and an answer is missing where one of them has none and none has the worst.
 */
export function signalsOf(flaw: Named & Pick<FlawMatch, 'records'>, book: SignalBook): Signals {
  const cves = cvesOf(flaw)
  const enriched = cves.flatMap((cve) => book.ssvc?.get(cve) ?? [])
  const answers = cves.map((cve) => answersOf(book.ssvc?.get(cve), about(cve, cves)))
  const epss = cves.flatMap((cve) => book.epss?.get(cve) ?? []).reduce<Said<number> | null>(higher, null)
  return {
    kev: kevOf(cves, book),
    epss: epss === null ? null : { ...epss, by: 'feed:epss' },
    exploitation:
      ['A', 'P', 'N'].flatMap((word) => answers.find((own) => own.exploitation?.value === word)?.exploitation ?? [])[0] ?? null,
    automatable: worst(
      answers.map((own) => own.automatable),
      'Y',
    ),
    impact: worst(
      answers.map((own) => own.impact),
      'T',
    ),
    severity: severityOf([
      ...flaw.records.flatMap(({ record }) => record.vectors),
      ...enriched.flatMap(({ vectors }) => vectors),
    ]),
  }
}

/** Behind a source, of which of several CVE ids it speaks. */
function about(cve: string, cves: readonly string[]): string {
  return cves.length > 1 ? `, ${cve}` : ''
}

type Answers = Pick<Signals, 'exploitation' | 'automatable' | 'impact'>
const UNANSWERED: Answers = { exploitation: null, automatable: null, impact: null }

function answersOf(said: EnrichedSaid | undefined, of: string): Answers {
  if (said === undefined || said.value === null) return UNANSWERED
  return ssvcSignals(said.value, 'feed:vulnrichment', said.source + of, said.at)
}

function worst<T>(answers: readonly (Stated<T> | null)[], bad: T): Stated<T> | null {
  return answers.find((answer) => answer?.value === bad) ?? (answers.includes(null) ? null : (answers[0] ?? null))
}

function higher(held: Said<number> | null, said: Said<number>): Said<number> {
  return held === null || said.value > held.value ? said : held
}

/** Of several entries the one that was listed first: by it the clock has run longest. */
function kevOf(cves: readonly string[], { kev, ssvc }: SignalBook): Signals['kev'] {
  if (kev !== null) {
    const entry = first(cves.flatMap((cve) => kev.entries.get(cve) ?? []))
    const of = entry === null ? '' : about(entry.cve, cves)
    return { value: entry, by: 'feed:kev', source: kev.source + of, at: entry?.added ?? kev.at }
  }
  const entries: (KevEntry & { readonly source: string })[] = cves.flatMap((cve) => {
    const said = ssvc?.get(cve)
    if (said === undefined || said.listed === null) return []
    return {
      cve,
      added: said.listed,
      precision: 'day',
      due: null,
      triage: null,
      action: '',
      notes: '',
      source: said.source,
    } as const
  })
  const entry = first(entries)
  if (entry === null) return null
  const { source, ...value } = entry
  return { value, by: 'feed:vulnrichment', source: source + about(value.cve, cves), at: value.added }
}

function first<E extends KevEntry>(entries: readonly E[]): E | null {
  return entries.reduce<E | null>((held, entry) => (held === null || entry.added < held.added ? entry : held), null)
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
