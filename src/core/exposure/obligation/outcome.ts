import type { Tier } from '../directives/tier.ts'
import type { RuleInput } from './rule-input.ts'

/** How what nobody said was read. `as-stated`: nothing that decides was missing. */
export type Metadata = 'as-stated' | 'no-and-total' | 'sixty-days' | 'unknown-holds' | 'unknown-does-not'

/** What a rule came to under one reading of what nobody said. */
export interface Outcome {
  readonly metadata: Metadata
  /** 1-based row of the rule's table; null where no row decides. */
  readonly row: number | null
  readonly tier: Tier
  readonly inputs: readonly RuleInput[]
}
