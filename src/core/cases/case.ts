import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ConsentState } from './consent-state.ts'
import type { EmbargoState } from './embargo-state.ts'
import type { PublicityMove } from './publicity.ts'
import type { ReportState } from './report-state.ts'
import type { VendorStep } from './vendor-step.ts'

// One case: flaws that are fixed in one go, who takes part, and what each has agreed to. Texts are sealed elsewhere; here stand digests.

type Person = Id<'person'>

export const PARTICIPANT_KINDS = [
  'finder',
  'maintainer',
  'vendor',
  'coordinator',
  'distributor',
  'operator',
  'observer',
] as const
export type ParticipantKind = (typeof PARTICIPANT_KINDS)[number]

/** 0 finder and maintainer · 1 experts · 2 distributors · 3 networks and registries. */
export const TIERS = [0, 1, 2, 3] as const
export type Tier = (typeof TIERS)[number]

/** How a vendor is affected by a flaw: the four of CSAF and OpenVEX. */
export const STATUSES = ['affected', 'not-affected', 'under-investigation', 'fixed'] as const
export type Status = (typeof STATUSES)[number]

/** Why a product is not affected: the five justifications of VEX. */
export const JUSTIFICATIONS = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const
export type Justification = (typeof JUSTIFICATIONS)[number]

/** What a vendor says of one flaw. It counts once approved: by a second person where the participant is a vendor. */
export interface StatusStatement {
  /** Counts from 1 within one vendor and flaw. */
  readonly number: number
  readonly status: Status
  readonly justification: Justification | null
  /** Digest of the sealed words. */
  readonly digest: string | null
  /** Null: a contact without an account, by a one-time link. */
  readonly statedBy: Person | null
  readonly statedAt: Instant
  readonly approvedBy: Person | null
  readonly approvedAt: Instant | null
}

/** One vendor (or maintainer, or operator) and one flaw. */
export interface FlawWork {
  readonly flaw: Id<'flaw'>
  /** Null: an operator, of whom only deployment is known. */
  readonly step: VendorStep | null
  readonly awareAt: Instant | null
  readonly fixReadyAt: Instant | null
  readonly deployedAt: Instant | null
  /** Share of what runs that has the fix, 0 to 1; null: never told. `VFD` follows from it by the case's threshold. */
  readonly deployed: number | null
  /** Stands for approval. */
  readonly stated: StatusStatement | null
  /** Approved. Null is silence, and is shown as silence. */
  readonly status: StatusStatement | null
}

export interface Participant {
  readonly id: Id<'participant'>
  /** Null: a contact without an account. */
  readonly organisation: Id<'organisation'> | null
  readonly kind: ParticipantKind
  readonly tier: Tier
  readonly report: ReportState
  readonly consent: ConsentState
  /** Version of the embargo's terms that was agreed to last. */
  readonly agreedTo: number | null
  /** The others see that somebody takes part, and not who. */
  readonly hidden: boolean
  readonly invitedBy: Id<'participant'>
  readonly invitedAt: Instant
  /** Version of the terms the open or last invitation was about; null: there was no embargo then. */
  readonly invitedTo: number | null
  /** May the invitation name the product before consent? */
  readonly showsProduct: boolean
  /** Until when an answer is awaited; null: nothing is asked. */
  readonly respondBy: Instant | null
  /** Since when content is read; null: nothing is, whatever becomes of the embargo. */
  readonly admittedAt: Instant | null
  /** Flaws that the participant was invited to and has not answered for. */
  readonly offered: readonly Id<'flaw'>[]
  /** Flaws whose content the participant reads while admitted. */
  readonly flaws: readonly Id<'flaw'>[]
  readonly works: readonly FlawWork[]
  readonly leftAt: Instant | null
}

export interface Noted {
  /** When it happened. */
  readonly at: Instant
  readonly notedAt: Instant
  readonly by: Person | null
  /** What shows it: an evidence id, a digest or an advisory id. */
  readonly evidence: string
}

export interface CaseFlaw {
  readonly flaw: Id<'flaw'>
  readonly addedAt: Instant
  /** The case it came from by a merge or a split. */
  readonly from: Id<'case'> | null
  readonly public: Noted | null
  readonly exploit: Noted | null
  readonly attacks: Noted | null
  readonly cve: string | null
}

export interface EmbargoTerms {
  /** The number of the proposal, or of the change, that they came by. */
  readonly version: number
  readonly startsAt: Instant
  /** Null: open-ended. */
  readonly endsAt: Instant | null
  readonly proposedBy: Id<'participant'>
  /** Id and version of the policy as data, for example `cert-cc-45/1`. */
  readonly policy: string
  /** Sentences on why this date. Dates, rules and policies only, never the flaw. */
  readonly why: readonly string[]
}

export interface EmbargoProposal {
  readonly number: number
  readonly proposedBy: Id<'participant'>
  readonly at: Instant
  readonly endsAt: Instant | null
  readonly policy: string
  readonly why: readonly string[]
  readonly respondBy: Instant
  /** What silence means once that instant has passed: no, or that whoever is silent lapses. */
  readonly silence: 'no' | 'lapse'
  readonly answers: readonly {
    readonly participant: Id<'participant'>
    readonly answer: 'accept' | 'decline'
    readonly at: Instant
  }[]
}

export const END_REASONS = [
  'end',
  'public',
  'exploit',
  'attacks',
  'adversary-knows',
  'fixes-ready',
  'all-agreed',
  'carried-over',
] as const
export type EndReason = (typeof END_REASONS)[number]

export interface Embargo {
  readonly state: EmbargoState
  /** The terms that bind, or bound last; during a revision the old ones. Null: never any. */
  readonly terms: EmbargoTerms | null
  readonly open: readonly EmbargoProposal[]
  /** Earlier terms, oldest first. */
  readonly history: readonly EmbargoTerms[]
  /** Number of the newest proposal or terms; the next is one more. */
  readonly newest: number
  /** No embargo may end later, by the policy of this clearinghouse; null: no such limit. */
  readonly latest: Instant | null
  /** The end that a case split from another came with. */
  readonly inherited: Instant | null
  readonly ended: { readonly at: Instant; readonly why: EndReason } | null
}

/** A duty to tell an authority that a participant has by law. It ends no embargo and opens no read. */
export interface LegalDuty {
  readonly participant: Id<'participant'>
  /** For example `eu-cra-art-14/24h`. */
  readonly duty: string
  readonly source: string
  readonly dueAt: Instant
  readonly recordedAt: Instant
  readonly by: Person | null
}

export interface Case {
  readonly id: Id<'case'>
  readonly version: number
  readonly state: 'open' | 'closed'
  readonly coordinator: Id<'organisation'>
  /** The participant that the coordinator is in its own case. It reads all flaws and is bound by every embargo. */
  readonly chair: Id<'participant'>
  readonly openedAt: Instant
  readonly openedBy: Person
  readonly flaws: readonly CaseFlaw[]
  readonly participants: readonly Participant[]
  readonly embargo: Embargo
  readonly agreedToPublish: readonly { readonly participant: Id<'participant'>; readonly at: Instant }[]
  /** Somebody says that a flaw is public, its exploit is, or attacks are seen; the coordinator has yet to confirm. */
  readonly claims: readonly {
    readonly participant: Id<'participant'>
    readonly flaw: Id<'flaw'>
    readonly what: PublicityMove
    readonly evidence: string
    readonly at: Instant
  }[]
  readonly duties: readonly LegalDuty[]
  /** From which share of what runs a fix counts as deployed: above 0, at most 1. */
  readonly deployedFrom: number
  readonly parent: Id<'case'> | null
  readonly children: readonly Id<'case'>[]
  /** Other children of the same parent. */
  readonly siblings: readonly Id<'case'>[]
  readonly mergedInto: Id<'case'> | null
  readonly closedAt: Instant | null
}
