import type { Docket, Partner } from './docket.ts'
import type { DocketEvent, EventOf } from './docket-event.ts'
import { signedBy, UNSIGNED } from './turn.ts'

const TYPES = [
  'partner-proposed',
  'partner-signed',
  'partner-selected',
  'partner-declined',
  'partner-admitted',
  'grant-given',
  'partner-revoked',
] as const
type PartnerEvent = EventOf<(typeof TYPES)[number]>

export function isOfPartners(event: DocketEvent): event is PartnerEvent {
  return (TYPES as readonly string[]).includes(event.type)
}

/** What partners and their grants become. */
export function afterPartners(docket: Docket, event: PartnerEvent): Partial<Docket> {
  const partners = changed(docket.partners, event.partner, (one) => partner(one, event))
  if (event.type === 'partner-selected') return { partners, state: 'partner-access' }
  if (event.type === 'partner-proposed' && docket.state === 'recorded') return { partners, state: 'partner-selection' }
  return { partners }
}

function partner(one: Partner, event: PartnerEvent): Partner {
  switch (event.type) {
    case 'partner-proposed':
      return { ...one, vetting: event.vetting, standing: 'proposed', signed: UNSIGNED, declinedFor: null }
    case 'partner-signed':
      return { ...one, signed: signedBy(one.signed, event.party, event.person, event.at) }
    case 'partner-selected':
      return { ...one, standing: 'selected' }
    case 'partner-declined': {
      const { party, reasons, again } = event
      return { ...one, standing: 'declined', declinedFor: { by: party, reasons, again } }
    }
    case 'partner-admitted':
      return { ...one, standing: 'outside' }
    case 'grant-given': {
      const { grant, person, use, until } = event
      return { ...one, persons: [...one.persons, { grant, person, use, until, revoked: null }] }
    }
    case 'partner-revoked': {
      const { grant, at } = event
      const persons = one.persons.map((given) =>
        given.revoked === null && (grant === null || given.grant === grant) ? { ...given, revoked: at } : given,
      )
      return { ...one, persons, standing: grant === null ? 'ended' : one.standing }
    }
  }
}

function changed(partners: readonly Partner[], id: Partner['partner'], next: (one: Partner) => Partner): readonly Partner[] {
  if (partners.some((one) => one.partner === id)) return partners.map((one) => (one.partner === id ? next(one) : one))
  const fresh = { partner: id, vetting: null, standing: 'proposed', signed: UNSIGNED, declinedFor: null, persons: [] } as const
  return [...partners, next(fresh)]
}
