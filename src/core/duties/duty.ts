import type { Instant } from '../kernel/instant.ts'

/** How sure a statement is. C: the text itself or two independent sources; S: one source; X: sources disagree; U: not found. */
export const MARKS = ['C', 'S', 'X', 'U'] as const
export type Mark = (typeof MARKS)[number]

/** What a duty comes from: an order, a directive, or an organisation's own rules. */
export interface Instrument {
  readonly id: string
  readonly name: string
  readonly source: string
  /** The day from which it counts, at 00:00 UTC: signed or issued. */
  readonly from: Instant
}

/** Something an office must do, by when, and what is not known about it. */
export interface Duty {
  /** For example `eo-14409/2(d)`. */
  readonly id: string
  readonly instrument: Instrument
  readonly section: string
  /** In plain words of our own. */
  readonly what: string
  /** Who leads. */
  readonly who: string
  readonly with: readonly string[]
  readonly due: DueRule
  readonly mark: Mark
  /** What of the entry is less sure than the mark, and why. */
  readonly caveat: string | null
  /** What is publicly known of it, in order of time. */
  readonly known: readonly Known[]
  /** What nobody outside could find out. */
  readonly unknown: readonly string[]
}

export type DueRule =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'on'; readonly day: Instant }
  | { readonly kind: 'at-once' }
  /** Without an end: it can be acted on, never done. */
  | { readonly kind: 'standing' }

export interface Known {
  readonly day: Instant
  readonly what: string
  readonly mark: Mark
}
