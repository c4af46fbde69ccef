import type { Instant } from '../../kernel/instant.ts'
import type { SeverityWord } from '../directives/policy/policy.ts'
import type { Stated } from './stated.ts'

/** What an entry of CISA's catalogue of known exploited vulnerabilities says that dates and triage need. */
export interface KevEntry {
  readonly cve: string
  /** The catalogue's date at 00:00 UTC, or the very instant where it is known from the catalogue's release. */
  readonly added: Instant
  readonly precision: 'day' | 'instant'
  /** The catalogue's `dueDate` at 00:00 UTC; null where it has none. */
  readonly due: Instant | null
  /** `forensicTriage`, which entries carry since 2026; null: the entry does not say. */
  readonly triage: boolean | null
  readonly action: string
  readonly notes: string
}

/** What is known of a flaw that rules ask for. Null: nobody said, or no such feed was read. */
export interface Signals {
  /** A value of null: the catalogue was read and does not list it. */
  readonly kev: Stated<KevEntry | null> | null
  /** Probability from 0 to 1. */
  readonly epss: Stated<number> | null
  readonly exploitation: Stated<'N' | 'P' | 'A'> | null
  readonly automatable: Stated<'N' | 'Y'> | null
  readonly impact: Stated<'P' | 'T'> | null
  readonly severity: Stated<SeverityWord> | null
}

export const NO_SIGNALS: Signals = {
  kev: null,
  epss: null,
  exploitation: null,
  automatable: null,
  impact: null,
  severity: null,
}

/** The entry, where the flaw is listed. */
export function listedIn(signals: Signals): KevEntry | null {
  return signals.kev?.value ?? null
}
