import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type {
  Case,
  CaseFlaw,
  Embargo,
  EmbargoProposal,
  EmbargoTerms,
  EndReason,
  LegalDuty,
  Participant,
  StatusStatement,
} from './case.ts'
import type { EmbargoState } from './embargo-state.ts'
import type { PublicityMove } from './publicity.ts'
import type { ReportMove } from './report-state.ts'

type Ptp = Id<'participant'>
type Flaw = Id<'flaw'>

interface Of<Type extends string> {
  readonly type: Type
  readonly case: Id<'case'>
  readonly at: Instant
  /** Null: Weir itself, or a contact without an account. */
  readonly by: Id<'person'> | null
}

type Opening = Of<'case-opened'> & {
  readonly coordinator: Id<'organisation'>
  readonly chair: Ptp
  readonly openedBy: Id<'person'>
  readonly flaws: readonly CaseFlaw[]
  readonly participants: readonly Participant[]
  readonly embargo: Embargo
  readonly deployedFrom: number
  readonly parent: Id<'case'> | null
  readonly siblings: readonly Id<'case'>[]
  /** Words about its flaws that the coordinator of the case it came from has yet to confirm. */
  readonly claims?: Case['claims']
}

export type PeopleEvent =
  | (Of<'participant-invited'> & { readonly invited: Participant })
  /** Asked anew: after a refusal or a lapse, or for more flaws. */
  | (Of<'invitation-renewed'> & {
      readonly participant: Ptp
      readonly offered: readonly Flaw[]
      readonly respondBy: Instant
      readonly terms: number | null
    })
  /** Reads from here on what was offered; `terms`: the version agreed to, null where no embargo binds. */
  | (Of<'invitation-accepted'> & { readonly participant: Ptp; readonly terms: number | null })
  /** `silent`: nobody answered in time. */
  | (Of<'invitation-declined'> & { readonly participant: Ptp; readonly silent: boolean })
  | (Of<'participant-left'> & { readonly participant: Ptp; readonly removed: boolean; readonly reason: string | null })
  | (Of<'participation-hidden'> & { readonly participant: Ptp; readonly hidden: boolean })

export type ReportEvent =
  | (Of<'report-judged'> & { readonly participant: Ptp; readonly move: ReportMove; readonly reason: string | null })
  | (Of<'report-sent'> & { readonly participant: Ptp; readonly flaw: Flaw; readonly digest: string })

export type WorkEvent =
  | (Of<'fix-readied'> & { readonly participant: Ptp; readonly flaw: Flaw })
  | (Of<'deployment-told'> & {
      readonly participant: Ptp
      readonly flaw: Flaw
      readonly share: number
      readonly reached: boolean
    })
  | (Of<'status-stated'> & { readonly participant: Ptp; readonly flaw: Flaw; readonly stated: StatusStatement })
  | (Of<'status-approved'> & { readonly participant: Ptp; readonly flaw: Flaw; readonly number: number })

export type FlawEvent =
  | (Of<'flaw-added'> & { readonly flaw: CaseFlaw })
  | (Of<'cve-set'> & { readonly flaw: Flaw; readonly cve: string | null })
  | (Of<'publicity-claimed'> & {
      readonly participant: Ptp
      readonly flaw: Flaw
      readonly what: PublicityMove
      readonly evidence: string
    })
  | (Of<'publicity-noted'> & {
      readonly flaw: Flaw
      readonly what: PublicityMove
      readonly happened: Instant
      readonly evidence: string
    })

export type EmbargoEvent =
  | (Of<'embargo-proposed'> & { readonly proposal: EmbargoProposal; readonly weighing: string | null })
  | (Of<'embargo-answered'> & { readonly participant: Ptp; readonly proposal: number; readonly answer: 'accept' | 'decline' })
  /** `why`: said no, silence, taken back, overtaken by what became public, or by the case's closing. */
  | (Of<'proposal-rejected'> & {
      readonly proposal: number
      readonly why: 'declined' | 'silence' | 'withdrawn' | 'publicity' | 'closed'
    })
  /** Terms bind from here. Open proposals stay open as revisions, but for `proposal`. */
  | (Of<'embargo-accepted'> & {
      readonly proposal: number
      readonly terms: EmbargoTerms
      /** Who agreed to these terms or to a later end; every other reader stops reading until asked and agreed. */
      readonly signatories: readonly Ptp[]
      /** By when the others answer. */
      readonly respondBy: Instant
    })
  /** Revised terms bind from here; `lapsed` did not answer and stop reading until they agree. */
  | (Of<'embargo-revised'> & {
      readonly proposal: number
      readonly terms: EmbargoTerms
      readonly agreed: readonly Ptp[]
      readonly lapsed: readonly Ptp[]
    })
  | (Of<'embargo-ended'> & { readonly why: EndReason; readonly reason: string | null })
  | (Of<'duty-recorded'> & { readonly duty: LegalDuty })
  | (Of<'publishing-agreed'> & { readonly participant: Ptp; readonly agree: boolean })

export type KinEvent =
  | (Of<'flaws-taken'> & {
      readonly from: Id<'case'>
      readonly flaws: readonly CaseFlaw[]
      /** New here, with the flaws they had there and no others. */
      readonly added: readonly Participant[]
      /** Here already, under `into`: gets the flaws and works it had there. */
      readonly joined: readonly { readonly from: Ptp; readonly into: Ptp; readonly participant: Participant }[]
      /** Words that wait to be confirmed, and duties by law, by the ids that their participants have here. */
      readonly claims?: Case['claims']
      readonly duties?: Case['duties']
    })
  | (Of<'flaws-handed-over'> & { readonly to: Id<'case'>; readonly flaws: readonly Flaw[]; readonly as: 'merge' | 'split' })
  /** These cases must be told: `hear-of-kin`. */
  | (Of<'kin-to-tell'> & {
      readonly kin: readonly Id<'case'>[]
      readonly embargo: EmbargoState
      readonly endsAt: Instant | null
    })
  | (Of<'kin-heard'> & {
      readonly kin: Id<'case'>
      readonly embargo: EmbargoState
      readonly endsAt: Instant | null
      readonly born: 'sibling' | null
    })
  | (Of<'case-closed'> & { readonly mergedInto: Id<'case'> | null })

export type CaseEvent = Opening | PeopleEvent | ReportEvent | WorkEvent | FlawEvent | EmbargoEvent | KinEvent
export type CaseEventOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>
