import type { Instant } from '../../kernel/instant.ts'
import type { Tier } from '../directives/tier.ts'
import type { Start } from './clock.ts'
import type { Metadata, Outcome } from './outcome.ts'
import type { RuleInput } from './rule-input.ts'
import type { Triage } from './triage.ts'

/** How a due instant is counted: from the first start, from the last change of the tier, or as another office assigned it. */
export type ReadingName = 'from-first' | 'from-change' | 'assigned'

export interface Reading {
  readonly reading: ReadingName
  readonly from: Instant | null
  /** Null where no days are counted. */
  readonly due: Instant | null
  /** The one that is taken. */
  readonly counts: boolean
}

/** Why a result is an analogy and no finding of compliance. */
export type AnalogyWhy = 'no-cve' | 'not-bound' | 'nobody-said-bound' | 'own-choice'

/** What must be done about one flaw on one class of assets, by when, under which rule, and why. */
export interface Obligation {
  /** Id and version, for example `bod-26-04/1.0.0`. */
  readonly directive: string
  readonly row: number | null
  readonly tier: Tier
  /** How what nobody said was read in the outcome that was taken. */
  readonly metadata: Metadata
  readonly inputs: readonly RuleInput[]
  /** All outcomes, the taken one first; more than one only where something is missing. */
  readonly outcomes: readonly Outcome[]
  readonly start: Start | null
  /** When a change made the tier what it is; null where nothing changed it since the start. */
  readonly since: Instant | null
  readonly readings: readonly Reading[]
  /** The reading that counts; null: no day count, or no start. Days are counted and shown in UTC. */
  readonly due: Instant | null
  readonly zone: 'UTC'
  /** Empty: the directive binds and applies. */
  readonly analogy: readonly AnalogyWhy[]
  readonly triage: Triage | null
}
