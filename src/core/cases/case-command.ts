import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Case, EndReason, Justification, ParticipantKind, Status, Tier } from './case.ts'
import type { EmbargoState } from './embargo-state.ts'
import type { PublicityMove } from './publicity.ts'
import type { ReportMove } from './report-state.ts'

type Ptp = Id<'participant'>
type Flaw = Id<'flaw'>

/** Who asks. `contact`: somebody without an account, proved by a one-time link. `clock`: Weir itself. */
export type Asker =
  | {
      readonly kind: 'person'
      readonly person: Id<'person'>
      /** Those the person may speak for. */
      readonly participants: readonly Ptp[]
      /** Coordinates this case, and speaks for its chair. */
      readonly coordinator: boolean
    }
  | { readonly kind: 'contact'; readonly participant: Ptp }
  | { readonly kind: 'clock' }

/** An end of secrecy as somebody offers it. */
export interface Offer {
  /** Null: open-ended. */
  readonly endsAt: Instant | null
  readonly policy: string
  readonly why: readonly string[]
}

/** Who takes part, and the answers to what they were asked. `participant` is always the one that acts or is acted on. */
export type PeopleCommand =
  | {
      readonly do: 'invite'
      readonly participant: Ptp
      readonly organisation: Id<'organisation'> | null
      readonly kind: ParticipantKind
      readonly tier: Tier
      /** `all`: those the inviter reads now. */
      readonly flaws: 'all' | readonly Flaw[]
      /** The participant that invites: the chair, or a maintainer or vendor. */
      readonly inviter: Ptp
      /** Null: seven days. Nearer than 72 hours is raised to that. */
      readonly respondBy: Instant | null
      readonly showsProduct: boolean
    }
  | { readonly do: 'invite-again'; readonly participant: Ptp; readonly respondBy: Instant | null }
  /** Offers more flaws to somebody who is in. */
  | {
      readonly do: 'widen'
      readonly participant: Ptp
      readonly flaws: 'all' | readonly Flaw[]
      readonly respondBy: Instant | null
    }
  /** `terms`: the version that was shown with the invitation; null: there was no embargo. */
  | { readonly do: 'accept-invitation'; readonly participant: Ptp; readonly terms: number | null }
  | { readonly do: 'decline-invitation'; readonly participant: Ptp }
  | { readonly do: 'leave'; readonly participant: Ptp }
  | { readonly do: 'remove'; readonly participant: Ptp; readonly reason: string }
  | { readonly do: 'hide'; readonly participant: Ptp; readonly hidden: boolean }

export type ReportCommand =
  | { readonly do: 'judge-report'; readonly participant: Ptp; readonly move: ReportMove; readonly reason: string | null }
  /** Sends what it knows into the case; while a first proposal stands, that accepts it. */
  | { readonly do: 'send-report'; readonly participant: Ptp; readonly flaw: Flaw; readonly digest: string }

export type WorkCommand =
  | { readonly do: 'fix-ready'; readonly participant: Ptp; readonly flaw: Flaw }
  | { readonly do: 'tell-deployed'; readonly participant: Ptp; readonly flaw: Flaw; readonly share: number }
  | {
      readonly do: 'state-status'
      readonly participant: Ptp
      readonly flaw: Flaw
      readonly status: Status
      readonly justification: Justification | null
      readonly digest: string | null
    }
  | { readonly do: 'approve-status'; readonly participant: Ptp; readonly flaw: Flaw; readonly number: number }

export type FlawCommand =
  | { readonly do: 'add-flaw'; readonly flaw: Flaw; readonly cve: string | null }
  | { readonly do: 'set-cve'; readonly flaw: Flaw; readonly cve: string | null }
  /** From the chair it takes effect; from another participant it is a claim that the chair is told of. */
  | {
      readonly do: 'note-publicity'
      readonly participant: Ptp
      readonly flaw: Flaw
      readonly what: PublicityMove
      readonly at: Instant
      readonly evidence: string
    }

export type EmbargoCommand =
  | ({
      readonly do: 'propose-embargo'
      readonly participant: Ptp
      readonly respondBy: Instant | null
      readonly silence: 'no' | 'lapse'
      /** Digest of what an end before the inherited one would reveal about the other cases; needed in a case that was split off. */
      readonly weighing: string | null
    } & Offer)
  | {
      readonly do: 'answer-embargo'
      readonly participant: Ptp
      readonly proposal: number
      readonly answer: 'accept' | 'decline'
    }
  | { readonly do: 'withdraw-proposal'; readonly participant: Ptp; readonly proposal: number }
  /** The receiver's published default, where the senders said nothing. */
  | ({ readonly do: 'apply-default'; readonly receiver: Ptp } & Offer)
  | {
      readonly do: 'end-embargo'
      readonly why: Extract<EndReason, 'adversary-knows' | 'fixes-ready' | 'all-agreed'>
      readonly reason: string
    }
  | {
      readonly do: 'legal-disclosure'
      readonly participant: Ptp
      readonly duty: string
      readonly source: string
      readonly dueAt: Instant
    }
  | { readonly do: 'agree-to-publish'; readonly participant: Ptp; readonly agree: boolean }

export type KinCommand =
  /** Takes flaws of another case into this one; the other's `hand-over` goes with it in one transaction. */
  | { readonly do: 'merge-in'; readonly other: Case; readonly flaws: 'all' | readonly Flaw[]; readonly propose: Offer | null }
  /** Gives flaws away: to a case that merges them, or to one opened by `openSplit`. All of them only by a merge: this case closes. */
  | {
      readonly do: 'hand-over'
      readonly to: Id<'case'>
      readonly flaws: 'all' | readonly Flaw[]
      readonly as: 'merge' | 'split'
    }
  /** From Weir itself: a case of the same family changed its embargo, or came to be. */
  | {
      readonly do: 'hear-of-kin'
      readonly kin: Id<'case'>
      readonly embargo: EmbargoState
      readonly endsAt: Instant | null
      /** Null where only the embargo changed. */
      readonly born: 'sibling' | null
    }
  | { readonly do: 'close-case' }
  /** Nothing but time passed. Any command lets what is due happen first. */
  | { readonly do: 'clock' }

export type CaseCommand = PeopleCommand | ReportCommand | WorkCommand | FlawCommand | EmbargoCommand | KinCommand
export type CaseCommandName = CaseCommand['do']
