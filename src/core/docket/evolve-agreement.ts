import type { Agreement, AgreementEvent } from './agreement.ts'
import { isSigned, signedBy } from './turn.ts'

/** The agreement after one of its own events; null before its first. Throws on an event that its history cannot have. */
export function evolveAgreement(agreement: Agreement | null, event: AgreementEvent): Agreement {
  if (event.type === 'agreement-offered') {
    const { developer, office, contacts, endsAt, terms } = event
    const blank = { id: event.agreement, version: 1, state: 'offered', openedAt: event.at, endedAt: null } as const
    return { ...blank, developer, office, contacts, endsAt, terms: [terms] }
  }
  if (agreement === null || agreement.id !== event.agreement) {
    throw new Error(`event ${event.type} of ${event.agreement} applied to ${agreement?.id ?? 'nothing'}`)
  }
  return { ...agreement, ...change(agreement, event), version: agreement.version + 1 }
}

function change(agreement: Agreement, event: Exclude<AgreementEvent, { type: 'agreement-offered' }>): Partial<Agreement> {
  switch (event.type) {
    case 'agreement-terms-offered':
      return { terms: [...agreement.terms, event.terms] }
    case 'agreement-signed': {
      const { version, party, person, at } = event
      const terms = agreement.terms.map((one) =>
        one.version === version ? { ...one, signed: signedBy(one.signed, party, person, at) } : one,
      )
      return { terms, state: terms.some(({ signed }) => isSigned(signed)) ? 'standing' : agreement.state }
    }
    case 'agreement-contacts-set':
      return { contacts: event.contacts }
    case 'agreement-ended':
      return { state: 'ended', endedAt: event.at }
  }
}
