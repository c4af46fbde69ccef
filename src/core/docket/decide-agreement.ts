import { accept, type Decision, type Refused, refuse } from '../kernel/decision.ts'
import type { Instant } from '../kernel/instant.ts'
import {
  AGREEMENT_REFUSALS,
  type Agreement,
  type AgreementCommand,
  type AgreementEvent,
  type AgreementOffer,
  type AgreementRefusal,
} from './agreement.ts'
import type { Party, TermsFacts, TermsVersion } from './docket.ts'
import type { Asker } from './docket-command.ts'
import { policyOf } from './policy.ts'
import { UNSIGNED } from './turn.ts'
import { isDigest, isFuture, isText, termsProblem } from './written.ts'

const CONTACTS_MAX = 20
const CONTACT_MAX = 200
const VERSIONS_MAX = 200

type AgreementDecision = Decision<AgreementEvent, AgreementRefusal>
type Speaker = Extract<Asker, { kind: 'person' }>

/** A person who speaks for one of the two sides offers a standing agreement; it binds nobody before both have signed. */
export function offerAgreement(offer: AgreementOffer, asker: Asker, now: Instant): AgreementDecision {
  const { agreement, developer, office, digest, facts, contacts, endsAt } = offer
  if (developer === office) return no('agreement.one-side')
  if (asker.kind !== 'person' || partyIn(offer, asker) === null) return no('agreement.not-yours')
  if (policyOf(offer.policy)?.inForce !== true) return no('agreement.no-policy')
  if (!areContacts(contacts) || !areTerms(digest, facts, offer.policy)) return no('agreement.malformed')
  if (endsAt !== null && !isFuture(endsAt, now)) return no('agreement.past')
  const terms = version(1, digest, facts, asker, now)
  const base = { agreement, at: now, by: asker.person }
  return accept({ type: 'agreement-offered' as const, ...base, developer, office, contacts, endsAt, terms })
}

/** What a command does to an agreement. Ending it is either side's at any time; dockets under it keep the terms they began with. */
export function decideAgreement(
  agreement: Agreement,
  command: AgreementCommand,
  asker: Asker,
  now: Instant,
  policy: string,
): AgreementDecision {
  const over = agreement.endsAt !== null && now >= agreement.endsAt
  const base = { agreement: agreement.id, at: now }
  if (command.do === 'clock') {
    return over && agreement.state !== 'ended' ? accept({ type: 'agreement-ended' as const, ...base, by: null }) : accept()
  }
  if (agreement.state === 'ended' || over) return no('agreement.ended')
  const party = asker.kind === 'person' ? partyIn(agreement, asker) : null
  if (asker.kind !== 'person' || party === null) return no('agreement.not-yours')
  const by = asker.person
  switch (command.do) {
    case 'offer-terms': {
      const { digest, facts } = command
      if (!areTerms(digest, facts, policy)) return no('agreement.malformed')
      if (agreement.terms.length >= VERSIONS_MAX) return no('agreement.full')
      const terms = version(agreement.terms.length + 1, digest, facts, asker, now)
      return accept({ type: 'agreement-terms-offered' as const, ...base, by, terms })
    }
    case 'sign': {
      const newest = agreement.terms.at(-1)
      if (newest === undefined || newest.digest !== command.digest) return no('agreement.not-newest')
      if (newest.signed[party] !== null) return no('agreement.signed-already')
      // Also who went over to the other side meanwhile: two signatures are two people.
      if (newest.signed.developer?.person === by || newest.signed.office?.person === by) return no('agreement.same-person')
      return accept({ type: 'agreement-signed' as const, ...base, by, version: newest.version, party, person: by })
    }
    case 'set-contacts':
      return areContacts(command.contacts)
        ? accept({ type: 'agreement-contacts-set' as const, ...base, by, contacts: [...command.contacts] })
        : no('agreement.malformed')
    case 'end':
      return accept({ type: 'agreement-ended' as const, ...base, by })
  }
}

function no(code: AgreementRefusal): Refused<AgreementRefusal> {
  return refuse(code, AGREEMENT_REFUSALS[code])
}

function partyIn(sides: Pick<Agreement, 'developer' | 'office'>, { organisation, party }: Speaker): Party | null {
  if (party === 'developer' && organisation === sides.developer) return party
  return party === 'office' && organisation === sides.office ? party : null
}

function areTerms(digest: string, facts: TermsFacts, policyId: string): boolean {
  const policy = policyOf(policyId)
  return isDigest(digest) && policy !== null && termsProblem(facts, policy) === null
}

function areContacts(contacts: readonly string[]): boolean {
  return contacts.length <= CONTACTS_MAX && contacts.every((contact) => isText(contact, CONTACT_MAX))
}

function version(n: number, digest: string, facts: TermsFacts, asker: Speaker, at: Instant): TermsVersion {
  return { version: n, digest, facts, by: asker.person, at, signed: UNSIGNED }
}
