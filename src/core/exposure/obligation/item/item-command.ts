import type { Instant } from '../../../kernel/instant.ts'
import type { Change } from '../change.ts'
import type { TriageStepName } from '../triage.ts'
import type { Found, VexClaim } from './item.ts'

/** What may be told to an obligation. */
export type ItemCommand =
  /** What its date rests on changed. */
  | { readonly do: 'change'; readonly change: Change }
  /** A version that ends the flaw was installed; or something else keeps it from being used. On these assets, or on all. */
  | { readonly do: 'remediate' | 'mitigate'; readonly assets: readonly string[] | 'all'; readonly evidence: string }
  | { readonly do: 'defer'; readonly reason: string; readonly until: Instant }
  | { readonly do: 'end-deferral' }
  | { readonly do: 'state-not-affected'; readonly assets: readonly string[] | 'all'; readonly claim: VexClaim }
  | { readonly do: 'reopen'; readonly assets: readonly string[] | 'all'; readonly reason: string }
  | { readonly do: 'triage-step'; readonly step: TriageStepName; readonly found: Found | null }
  /** Time alone: a deferral whose end has come. */
  | { readonly do: 'clock' }
