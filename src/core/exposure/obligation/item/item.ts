import type { Id } from '../../../kernel/id.ts'
import type { Instant } from '../../../kernel/instant.ts'
import type { Dated } from '../redate.ts'
import type { TriageStepName } from '../triage.ts'

export const ITEM_STATES = ['open', 'remediated', 'mitigated', 'deferred', 'not-affected'] as const
export type ItemState = (typeof ITEM_STATES)[number]

/** Who did something; null: Weir itself. */
export type Doer = Id<'person'> | null

/**
 * One obligation as it is kept: a flaw on a version in a class of assets, under one directive. The date and its history belong to the
 * whole; what was done can be said of all assets or of some.
 */
export interface ObligationItem extends Dated {
  readonly id: string
  readonly version: number
  readonly openedAt: Instant
  /** Of the whole. Assets that `parts` names stand for themselves. */
  readonly state: ItemState
  /** What was done to single assets, the latest last. */
  readonly parts: readonly Part[]
  /** What was done to the whole, where it is remediated or mitigated. */
  readonly done: Done | null
  readonly deferral: Deferral | null
  readonly notAffected: VexClaim | null
  readonly triaged: readonly TriageDone[]
  readonly reopenings: number
}

export interface Done {
  readonly how: 'remediated' | 'mitigated'
  readonly evidence: string
  readonly by: Doer
  readonly at: Instant
}

/** What holds of some assets: something was done there, or a statement holds that the flaw does not affect them. */
export interface Part extends Omit<Done, 'how'> {
  readonly assets: readonly string[]
  readonly how: Done['how'] | 'not-affected'
  /** Of those that are not affected: whose statement it is. */
  readonly claim?: VexClaim
}

export interface Deferral {
  readonly reason: string
  readonly by: Doer
  readonly at: Instant
  readonly until: Instant
}

/** A statement that the version is not affected, or mended: by the organisation itself, a VEX document, an inventory, or the records. */
export interface VexClaim {
  readonly author: string
  readonly source: 'operator' | 'own-document' | 'record' | 'inventory' | 'records'
  /** Id of the document it stands in; null: in none. */
  readonly document: string | null
  readonly status: 'not-affected' | 'fixed'
  /** As its format words it. */
  readonly justification: string | null
  readonly detail: string | null
  /** When it was made, as it says. */
  readonly at: Instant | null
}

/** What a step of triage came to; only the analysis finds something. */
export type Found = 'nothing' | 'suspected' | 'confirmed'

export interface TriageDone {
  readonly step: TriageStepName
  readonly found: Found | null
  readonly by: Doer
  readonly at: Instant
}
