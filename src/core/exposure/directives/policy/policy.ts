/** The word of the format in every policy file. */
export const POLICY_FORMAT = 'weir-exposure-policy/1'

export const SEVERITIES = ['none', 'low', 'medium', 'high', 'critical'] as const
export type SeverityWord = (typeof SEVERITIES)[number]

/** An organisation's own rules: the first one whose conditions all hold decides; where none does, `otherwise`. */
export interface Policy {
  readonly format: typeof POLICY_FORMAT
  readonly name: string
  /** The organisation's own; a date names the version it was made with. */
  readonly version: string
  readonly startsAt: 'identified' | 'first-event'
  readonly rules: readonly PolicyRule[]
  readonly otherwise: PolicyTime | null
}

export interface PolicyRule {
  readonly name: string
  readonly when: PolicyWhen
  readonly time: PolicyTime
  readonly triage: boolean
}

/** What must all hold; a condition that is null asks nothing. */
export interface PolicyWhen {
  /** At least this severity, by a score that Weir computed. */
  readonly severity: SeverityWord | null
  readonly kev: boolean | null
  /** Probability from 0 to 1, at least. */
  readonly epss: number | null
  readonly exploitation: 'none' | 'poc' | 'active' | null
  readonly automatable: boolean | null
  readonly impact: 'partial' | 'total' | null
  readonly exposure: 'public' | 'internal' | null
  readonly environment: 'production' | 'development' | null
  readonly unit: string | null
  readonly type: string | null
}

/** Calendar days, or the next scheduled major upgrade or rebuild. */
export type PolicyTime = { readonly days: number } | { readonly next: 'upgrade' }
