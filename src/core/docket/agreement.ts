import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Party, TermsFacts, TermsVersion } from './docket.ts'
import { isSigned } from './turn.ts'

type Person = Id<'person'>
type Org = Id<'organisation'>

export type AgreementState = 'offered' | 'standing' | 'ended'

/** A standing arrangement between a developer and an office: dockets opened under it start from its terms, signed already. */
export interface Agreement {
  readonly id: Id<'agreement'>
  readonly version: number
  readonly state: AgreementState
  readonly developer: Org
  readonly office: Org
  readonly openedAt: Instant
  /** Oldest first. The newest that both signed is in force until a newer one is signed by both. */
  readonly terms: readonly TermsVersion[]
  readonly contacts: readonly string[]
  /** Null: until a side ends it. */
  readonly endsAt: Instant | null
  readonly endedAt: Instant | null
}

export interface AgreementOffer {
  readonly agreement: Id<'agreement'>
  readonly developer: Org
  readonly office: Org
  readonly digest: string
  readonly facts: TermsFacts
  readonly contacts: readonly string[]
  readonly endsAt: Instant | null
  readonly policy: string
}

/** Either side offers, signs and ends, without a reason; the clock ends it at its end. */
export type AgreementCommand =
  | { readonly do: 'offer-terms'; readonly digest: string; readonly facts: TermsFacts }
  | { readonly do: 'sign'; readonly digest: string }
  | { readonly do: 'set-contacts'; readonly contacts: readonly string[] }
  | { readonly do: 'end' }
  | { readonly do: 'clock' }

interface Of<Type extends string> {
  readonly type: Type
  readonly agreement: Id<'agreement'>
  readonly at: Instant
  readonly by: Person | null
}

export type AgreementEvent =
  | (Of<'agreement-offered'> &
      Pick<Agreement, 'developer' | 'office' | 'contacts' | 'endsAt'> & { readonly terms: TermsVersion })
  | (Of<'agreement-terms-offered'> & { readonly terms: TermsVersion })
  | (Of<'agreement-signed'> & { readonly version: number; readonly party: Party; readonly person: Person })
  | (Of<'agreement-contacts-set'> & { readonly contacts: readonly string[] })
  | Of<'agreement-ended'>

export const AGREEMENT_REFUSALS = {
  'agreement.one-side': 'Developer and office must be two organisations.',
  'agreement.not-yours': 'Only people who speak for one of its two sides can do this.',
  'agreement.ended': 'The agreement has ended.',
  'agreement.not-newest': 'Only the newest version can be signed, by its digest.',
  'agreement.same-person': 'You have signed this version for the other side.',
  'agreement.signed-already': 'Your side has signed this version.',
  'agreement.past': 'The end must lie in the future.',
  'agreement.malformed': 'The digest, the facts or the contacts are not well formed.',
  'agreement.full': 'The agreement keeps as many versions as it can.',
  'agreement.no-policy': 'There is no access-window policy in force with this id.',
} as const
export type AgreementRefusal = keyof typeof AGREEMENT_REFUSALS

/** The terms that bind now: the newest version signed by both; null while there is none or the agreement is over. */
export function agreedTerms(agreement: Agreement, now: Instant): TermsVersion | null {
  if (agreement.state === 'ended' || (agreement.endsAt !== null && now >= agreement.endsAt)) return null
  return agreement.terms.findLast(({ signed }) => isSigned(signed)) ?? null
}
