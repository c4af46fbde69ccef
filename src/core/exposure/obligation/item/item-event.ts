import type { Instant } from '../../../kernel/instant.ts'
import type { Change } from '../change.ts'
import type { Dating } from '../dating.ts'
import type { Facts } from '../facts.ts'
import type { ClockChoice } from '../oblige.ts'
import type { TriageStepName } from '../triage.ts'
import type { Deferral, Doer, Done, Found, Part, VexClaim } from './item.ts'

interface Of<Type extends string> {
  readonly type: Type
  readonly item: string
  readonly at: Instant
  readonly by: Doer
}

export type ItemEvent =
  | (Of<'item-opened'> & { readonly facts: Facts; readonly choice: ClockChoice; readonly dating: Dating })
  /** The date, or what it rests on, is another one. */
  | (Of<'item-redated'> & { readonly change: Change; readonly from: Dating; readonly to: Dating })
  /** Something changed that moved nothing. */
  | (Of<'facts-noted'> & { readonly change: Change })
  | (Of<'item-remediated'> & { readonly evidence: string })
  | (Of<'item-mitigated'> & { readonly evidence: string })
  | (Of<'assets-done'> & { readonly assets: Part['assets']; readonly how: Done['how']; readonly evidence: string })
  | (Of<'item-deferred'> & Pick<Deferral, 'reason' | 'until'>)
  /** The date that stood before is in force again. */
  | (Of<'deferral-ended'> & { readonly why: 'over' | 'taken-back' | 'more-urgent' | 'done' })
  | (Of<'not-affected-stated'> & { readonly claim: VexClaim })
  | (Of<'assets-not-affected'> & { readonly assets: Part['assets']; readonly claim: VexClaim })
  | (Of<'item-reopened'> & { readonly reason: string })
  | (Of<'assets-reopened'> & { readonly assets: Part['assets']; readonly reason: string })
  | (Of<'triage-step-done'> & { readonly step: TriageStepName; readonly found: Found | null })
