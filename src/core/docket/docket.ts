import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Compartment } from './compartment.ts'
import type { Seat } from './seat.ts'

// One model's file. Nothing here can stop, slow or condition a release: no state and no command does (order, section 3(c)).

/**
 * `notice`: of a coming release, without access. `access`: before release, section 3 of the order. `deployment`: in government;
 * known from drafts and agreements, not from the signed order, and labelled so wherever it is shown.
 */
export const DOCKET_KINDS = ['notice', 'access', 'deployment'] as const
export type DocketKind = (typeof DOCKET_KINDS)[number]

export const DOCKET_STATES = [
  'inquiry',
  'terms',
  'access-ready',
  'window-open',
  'analysis',
  'recorded',
  'partner-selection',
  'partner-access',
  'closing',
  'closed',
] as const
export type DocketState = (typeof DOCKET_STATES)[number]

type Person = Id<'person'>
type Org = Id<'organisation'>
export type Party = 'developer' | 'office'

export interface Signature {
  readonly person: Person
  readonly at: Instant
}
export type BothSigned = { readonly [party in Party]: Signature | null }

/** A version of the terms. Its text is sealed elsewhere; the digest is what is signed. */
export interface TermsVersion {
  readonly version: number
  /** SHA-256 of the canonical text: hex. */
  readonly digest: string
  readonly facts: TermsFacts
  readonly by: Person
  readonly at: Instant
  readonly signed: BothSigned
}

/** What of the terms the machine itself keeps. */
export interface TermsFacts {
  /** Whole days of 24 hours; the policy says how many at most. */
  readonly days: number
  readonly opensBy: 'first-call' | 'agreed-instant'
  /** How much of the model is shown: black box, grey box, white box. */
  readonly level: 'AL1' | 'AL2' | 'AL3'
  readonly retentionDays: number
  /** Does down time of the endpoint lengthen the window without being asked for each time? Never past the policy's maximum. */
  readonly downtimeExtends: boolean
  readonly mayPublish: boolean
  /** A vulnerability that an evaluation turns up may go to intake, once both consent. */
  readonly findingsToIntake: boolean
  /** May the developer read who of the office is read in by name? Else it reads seat, compartment and end only. */
  readonly readersNamed: boolean
}

/** Where a day's clock stands: an instant, and the zone in which people gave it. */
export interface Planned {
  readonly at: Instant
  /** IANA. */
  readonly zone: string
}

export interface Window {
  readonly days: number
  /** The instant that one side proposed for the opening; agreed once both signed. */
  readonly proposed: { readonly at: Instant; readonly signed: BothSigned } | null
  readonly agreedAt: Instant | null
  readonly openedAt: Instant | null
  readonly endsAt: Instant | null
  /** Milliseconds that the developer granted for down time, all in all. */
  readonly granted: number
  readonly closed: { readonly at: Instant; readonly why: 'end' | 'withdrawn' | 'early' } | null
}

/** What the docket itself keeps of the endpoint; address and key lie with the custodian. */
export interface EndpointKept {
  readonly registeredAt: Instant
  readonly baseline: string | null
  readonly dryRun: boolean
  /** Other builds that a probe noticed after the baseline. */
  readonly builds: readonly { readonly at: Instant; readonly fingerprint: string }[]
}

export interface ReadIn {
  readonly person: Person
  readonly compartment: Compartment
  readonly proposedBy: Person
  /** The second officer; null until then, and nothing may be read. */
  readonly secondedBy: Person | null
  readonly until: Instant
  readonly endedAt: Instant | null
}

export interface SeatHeld {
  readonly person: Person
  readonly organisation: Org
  readonly seat: Seat
  readonly endedAt: Instant | null
}

export const OUTCOMES = ['met', 'not-met', 'undetermined', 'not-assessable'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What the office records. A determination is of a model's capability, never of whether it may be released. */
export const RECORDED = ['covered', 'not-covered', 'undetermined', 'not-assessed'] as const
export type Recorded = (typeof RECORDED)[number]

export interface Determination {
  readonly recorded: Recorded
  /** What the rule computed; null where nothing was measured. */
  readonly computed: Outcome | null
  readonly departs: boolean
  /** Digest of the sealed reason; required where it departs. */
  readonly reasonDigest: string | null
  readonly by: Person
  readonly at: Instant
}

export const VETTING_REASONS = [
  'identity-unclear',
  'ownership-unclear',
  'no-defended-system',
  'weak-sign-in',
  'no-named-people',
  'no-logging-consent',
  'no-incident-contact',
  'sub-processors-unknown',
  'foreign-control',
  'prior-misuse',
  'no-training',
  'no-disclosure-duty',
  'expired',
  'other-terms',
] as const
export type VettingReason = (typeof VETTING_REASONS)[number]

export interface Partner {
  readonly partner: Id<'partner'>
  /** Answers to the vetting list of that version, sealed; its digest. */
  readonly vetting: { readonly list: string; readonly digest: string } | null
  /** `outside`: the developer admits it alone, outside the joint list; that is no breach. */
  readonly standing: 'proposed' | 'selected' | 'declined' | 'outside' | 'ended'
  readonly signed: BothSigned
  readonly declinedFor: {
    readonly by: Party
    readonly reasons: readonly VettingReason[]
    readonly again: Instant | null
  } | null
  readonly persons: readonly PartnerGrant[]
}

export interface PartnerGrant {
  readonly grant: Id<'grant'>
  readonly person: Person
  readonly use: string
  readonly until: Instant
  readonly revoked: Instant | null
}

export interface Closing {
  readonly startedAt: Instant
  readonly why: 'ended' | 'withdrawn'
  /** From here the policy's days for signing the receipt count. */
  readonly purgedAt: Instant | null
  /** What the purge left and where: digest of the receipt's list. Null until it ran. */
  readonly receiptDigest: string | null
  readonly signed: BothSigned
}

export interface Docket {
  readonly id: Id<'docket'>
  readonly version: number
  readonly openedAt: Instant
  readonly kind: DocketKind
  readonly state: DocketState
  readonly developer: Org
  readonly office: Org
  readonly agreement: Id<'agreement'> | null
  readonly policy: string
  /** What the office answered to "is it covered?" at the inquiry. */
  readonly answered: Recorded | null
  readonly terms: readonly TermsVersion[]
  readonly planned: Planned | null
  readonly endpoint: EndpointKept | null
  readonly window: Window | null
  readonly downtime: readonly { readonly from: Instant; readonly to: Instant | null; readonly granted: number }[]
  readonly seats: readonly SeatHeld[]
  readonly readIns: readonly ReadIn[]
  /** Digests of the decision plan, the newest last; a later one says why. Null text: the plan itself is sealed in B. */
  readonly plans: readonly { readonly digest: string; readonly at: Instant; readonly why: string | null }[]
  /** The first instant at which anyone could see which model a result belongs to; no plan is laid down as if before it after it. */
  readonly unblindedAt: Instant | null
  /** What the decision rule came to, newest; null until it ran. A null outcome: nothing was measured. */
  readonly computed: { readonly outcome: Outcome | null; readonly at: Instant } | null
  readonly determination: Determination | null
  readonly report: { readonly digest: string; readonly signed: BothSigned; readonly publicDigest: string } | null
  readonly partners: readonly Partner[]
  readonly remeasured: readonly { readonly at: Instant; readonly runSet: string }[]
  /** Consent to carry a vulnerability to intake, one record per finding. */
  readonly toIntake: readonly { readonly item: string; readonly signed: BothSigned; readonly report: string | null }[]
  readonly withdrawnAt: Instant | null
  readonly closing: Closing | null
  readonly closedAt: Instant | null
}
