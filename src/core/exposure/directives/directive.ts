import type { Instant } from '../../kernel/instant.ts'
import type { DecisionTable } from '../../priority/decision-table.ts'
import type { Policy } from './policy/policy.ts'
import type { Tier } from './tier.ts'

export const DIRECTIVE_IDS = ['bod-26-04', 'kev-dates', 'ssvc-deployer', 'own', 'none'] as const
export type DirectiveId = (typeof DIRECTIVE_IDS)[number]

/** A rule that says by when a flaw must be mended, as data: an old obligation keeps the version it was made with. */
export interface Directive {
  readonly id: DirectiveId
  readonly version: string
  readonly name: string
  /** Publisher, document, date. */
  readonly source: string
  readonly issued: Instant | null
  /** From when its times bind those whom it binds; null where it does not say. */
  readonly appliesFrom: Instant | null
  /** Whom it binds, in a sentence. */
  readonly binds: string
  /** Whether it speaks of flaws with a CVE id only. */
  readonly needsCve: boolean
  /** What starts its clock: the earlier of listing in KEV and identification on an asset, or identification alone. */
  readonly starts: 'first-event' | 'identified'
  readonly rule: DirectiveRule
}

export type DirectiveRule =
  | { readonly kind: 'bod-26-04'; readonly table: DecisionTable; readonly tiers: Readonly<Record<string, Tier>> }
  | { readonly kind: 'deployer'; readonly table: DecisionTable; readonly tiers: Readonly<Record<string, Tier>> }
  | { readonly kind: 'policy'; readonly policy: Policy; readonly tiers: readonly Tier[] }
  | { readonly kind: 'assigned'; readonly listed: Tier; readonly unlisted: Tier }
  | { readonly kind: 'none'; readonly tier: Tier }

/** `bod-26-04/1.0.0`: which directive in which version. */
export function refOf(directive: Pick<Directive, 'id' | 'version'>): string {
  return `${directive.id}/${directive.version}`
}
