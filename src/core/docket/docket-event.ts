import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Compartment } from './compartment.ts'
import type {
  Determination,
  DocketKind,
  Outcome,
  Party,
  Planned,
  Recorded,
  TermsVersion,
  VettingReason,
  Window,
} from './docket.ts'
import type { Seat } from './seat.ts'

type Person = Id<'person'>
type Org = Id<'organisation'>
type PartnerId = Id<'partner'>

interface Of<Type extends string> {
  readonly type: Type
  readonly docket: Id<'docket'>
  readonly at: Instant
  /** Null: Weir itself. */
  readonly by: Person | null
}

type Opening =
  | (Of<'docket-opened'> & {
      readonly kind: DocketKind
      readonly developer: Org
      readonly office: Org
      readonly agreement: Id<'agreement'> | null
      readonly policy: string
    })
  | (Of<'inquiry-answered'> & { readonly answer: Recorded })
  /** `terms.signed` is empty but where the terms come, signed, from a standing agreement. */
  | (Of<'terms-offered'> & { readonly terms: TermsVersion })
  | (Of<'terms-signed'> & { readonly version: number; readonly party: Party; readonly person: Person })
  | (Of<'release-planned'> & { readonly planned: Planned })
  | Of<'access-readied'>

type EndpointEvent =
  | Of<'endpoint-registered'>
  | (Of<'baseline-taken'> & { readonly fingerprint: string })
  | (Of<'build-changed'> & { readonly fingerprint: string })
  | Of<'dry-run-passed'>
  | Of<'downtime-began'>
  /** `granted`: milliseconds that the terms grant of it without being asked. */
  | (Of<'downtime-ended'> & { readonly granted: number })
  | (Of<'downtime-granted'> & { readonly milliseconds: number })

type WindowEvent =
  | (Of<'opening-proposed'> & {
      readonly opens: Instant
      readonly days: number
      readonly party: Party
      readonly person: Person
    })
  | (Of<'opening-agreed'> & { readonly opens: Instant; readonly party: Party; readonly person: Person })
  | (Of<'window-opened'> & { readonly opens: Instant; readonly days: number; readonly endsAt: Instant })
  | (Of<'window-end-moved'> & { readonly endsAt: Instant; readonly why: 'release' | 'downtime' })
  | (Of<'window-closed'> & { readonly why: NonNullable<Window['closed']>['why'] })

type People =
  | (Of<'person-seated'> & { readonly person: Person; readonly organisation: Org; readonly seat: Seat })
  | (Of<'person-unseated'> & { readonly person: Person; readonly seat: Seat })
  | (Of<'read-in-proposed'> & {
      readonly person: Person
      readonly compartment: Compartment
      readonly until: Instant
      readonly proposedBy: Person
    })
  | (Of<'read-in-seconded'> & { readonly person: Person; readonly compartment: Compartment; readonly secondedBy: Person })
  | (Of<'read-in-ended'> & { readonly person: Person; readonly compartment: Compartment })

type RecordEvent =
  | (Of<'plan-laid'> & { readonly digest: string; readonly why: string | null })
  | Of<'names-unblinded'>
  | (Of<'outcome-computed'> & { readonly outcome: Outcome | null })
  | (Of<'determination-recorded'> & { readonly determination: Determination })
  | (Of<'report-made'> & { readonly digest: string; readonly publicDigest: string })
  | (Of<'report-signed'> & { readonly party: Party; readonly person: Person })
  | (Of<'model-remeasured'> & { readonly runSet: string })
  | (Of<'intake-consented'> & { readonly item: string; readonly party: Party; readonly person: Person })
  | (Of<'sent-to-intake'> & { readonly item: string; readonly report: string })

type PartnerEvent =
  | (Of<'partner-proposed'> & {
      readonly partner: PartnerId
      readonly vetting: { readonly list: string; readonly digest: string }
    })
  | (Of<'partner-signed'> & { readonly partner: PartnerId; readonly party: Party; readonly person: Person })
  | (Of<'partner-selected'> & { readonly partner: PartnerId })
  | (Of<'partner-declined'> & {
      readonly partner: PartnerId
      readonly party: Party
      readonly reasons: readonly VettingReason[]
      readonly again: Instant | null
    })
  | (Of<'partner-admitted'> & { readonly partner: PartnerId })
  | (Of<'grant-given'> & {
      readonly partner: PartnerId
      readonly grant: Id<'grant'>
      readonly person: Person
      readonly use: string
      readonly until: Instant
    })
  /** Null: the partner as a whole, with all its grants. */
  | (Of<'partner-revoked'> & { readonly partner: PartnerId; readonly grant: Id<'grant'> | null })

type Ending =
  /** Without a reason: no field of any event could take one. */
  | Of<'docket-withdrawn'>
  | Of<'closing-begun'>
  | (Of<'docket-purged'> & { readonly receiptDigest: string })
  | (Of<'receipt-signed'> & { readonly party: Party; readonly person: Person })
  /** `missing`: sides that did not sign the receipt within the policy's days. */
  | (Of<'docket-closed'> & { readonly missing: readonly Party[] })

/** What has happened to a docket; all of it is in its log. */
export type DocketEvent = Opening | EndpointEvent | WindowEvent | People | RecordEvent | PartnerEvent | Ending
export type EventOf<Type extends DocketEvent['type']> = Extract<DocketEvent, { type: Type }>
