import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Compartment } from './compartment.ts'
import type { Outcome, Party, Planned, Recorded, TermsFacts, VettingReason } from './docket.ts'
import type { Seat } from './seat.ts'

type Person = Id<'person'>

/**
 * What people, the custodian and the clock may tell a docket. `machine` commands come from Weir itself, never by a door.
 * There is none that approves, stops or slows a release, and there never will be: a test walks this list with every seat in
 * every state and looks for any effect on a planned release that the developer did not ask for.
 */
export type DocketCommand =
  // People's.
  | { readonly do: 'answer-inquiry'; readonly answer: Recorded }
  | { readonly do: 'offer-terms'; readonly digest: string; readonly facts: TermsFacts }
  | { readonly do: 'sign-terms'; readonly version: number; readonly digest: string }
  | { readonly do: 'plan-release'; readonly planned: Planned }
  | { readonly do: 'agree-opening'; readonly at: Instant }
  | { readonly do: 'grant-downtime'; readonly milliseconds: number }
  | { readonly do: 'end-window' }
  | { readonly do: 'seat'; readonly person: Person; readonly organisation: Id<'organisation'>; readonly seat: Seat }
  | { readonly do: 'unseat'; readonly person: Person; readonly seat: Seat }
  | { readonly do: 'read-in'; readonly person: Person; readonly compartment: Compartment; readonly until: Instant }
  | { readonly do: 'second-read-in'; readonly person: Person; readonly compartment: Compartment }
  | { readonly do: 'read-out'; readonly person: Person; readonly compartment: Compartment }
  | { readonly do: 'lay-plan'; readonly digest: string; readonly why: string | null }
  | { readonly do: 'record'; readonly recorded: Recorded; readonly reasonDigest: string | null }
  | { readonly do: 'sign-report'; readonly digest: string; readonly publicDigest: string }
  | {
      readonly do: 'propose-partner'
      readonly partner: Id<'partner'>
      readonly vetting: { readonly list: string; readonly digest: string }
    }
  | { readonly do: 'sign-partner'; readonly partner: Id<'partner'> }
  | {
      readonly do: 'decline-partner'
      readonly partner: Id<'partner'>
      readonly reasons: readonly VettingReason[]
      readonly again: Instant | null
    }
  | { readonly do: 'admit-outside'; readonly partner: Id<'partner'> }
  | {
      readonly do: 'grant-partner'
      readonly partner: Id<'partner'>
      readonly grant: Id<'grant'>
      readonly person: Person
      readonly use: string
      readonly until: Instant
    }
  | { readonly do: 'revoke-partner'; readonly partner: Id<'partner'>; readonly grant: Id<'grant'> | null }
  | { readonly do: 'consent-intake'; readonly item: string }
  | { readonly do: 'withdraw' }
  | { readonly do: 'begin-closing' }
  | { readonly do: 'sign-receipt'; readonly digest: string }
  // Weir's own.
  | { readonly do: 'endpoint-registered' }
  | { readonly do: 'endpoint-probed'; readonly fingerprint: string; readonly changed: boolean }
  | { readonly do: 'dry-run-passed' }
  /** `since`: when the custodian began to let calls pass, where it did so before the record could say it. */
  | { readonly do: 'first-call'; readonly since?: Instant | null }
  | { readonly do: 'clock' }
  | { readonly do: 'endpoint-down' }
  | { readonly do: 'endpoint-up' }
  /** Somebody’s membership in their organisation ended. */
  | { readonly do: 'person-left'; readonly person: Person }
  | { readonly do: 'unblinded' }
  | { readonly do: 'computed'; readonly outcome: Outcome | null }
  | { readonly do: 'report-made'; readonly digest: string; readonly publicDigest: string }
  | { readonly do: 'remeasured'; readonly runSet: string }
  | { readonly do: 'sent-to-intake'; readonly item: string; readonly report: string }
  | { readonly do: 'purged'; readonly receiptDigest: string }

export type CommandName = DocketCommand['do']

/**
 * Who gives the command: a person, or Weir itself. What a person may do follows from the seats they have in the docket, never
 * from `party`: that says for which side their organisation lets them open dockets, and take the first lead or officer seat.
 */
export type Asker =
  | {
      readonly kind: 'person'
      readonly person: Person
      readonly organisation: Id<'organisation'>
      readonly party: Party | null
    }
  | { readonly kind: 'machine' }
