import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import { isInDocket } from './decide-people.ts'
import { type Docket, type Partner, VETTING_REASONS } from './docket.ts'
import type { DocketEvent } from './docket-event.ts'
import { no } from './docket-refusal.ts'
import { type CommandOf, type DocketDecision, isSigned, type SidedTurn, signedBy, stamp, type Turn } from './turn.ts'
import { isVettingListInForce } from './vetting.ts'
import { isDigest, isFuture, isText } from './written.ts'

const PARTNERS_MAX = 1000
const GRANTS_MAX = 1000
const USE_MAX = 1000

/** Either side proposes a partner with its answers to the vetting list; proposing is not signing. */
export function proposePartner(turn: Turn, { partner: id, vetting }: CommandOf<'propose-partner'>): DocketDecision {
  const { docket, now } = turn
  if (!isVettingListInForce(vetting.list)) return no('vetting.unknown-list')
  if (!isDigest(vetting.digest)) return no('digest.malformed')
  const known = partnerOf(docket, id)
  if (known !== undefined) {
    if (known.standing !== 'declined' && known.standing !== 'ended') return no('partner.exists')
    const again = known.declinedFor?.again ?? null
    if (known.standing === 'declined' && again !== null && now < again) return no('partner.not-yet')
  } else if (docket.partners.length >= PARTNERS_MAX) return no('docket.full')
  return accept({ type: 'partner-proposed' as const, ...stamp(turn), partner: id, vetting })
}

/** One side's signature; the second one selects the partner. */
export function signPartner(turn: SidedTurn, { partner: id }: CommandOf<'sign-partner'>): DocketDecision {
  const { docket, party, asker, now } = turn
  const partner = partnerOf(docket, id)
  if (partner === undefined) return no('partner.none')
  if (partner.standing !== 'proposed') return no('partner.not-proposed')
  if (partner.signed[party] !== null) return no('partner.signed-already')
  const signed: DocketEvent = { type: 'partner-signed', ...stamp(turn), partner: id, party, person: asker.person }
  return isSigned(signedBy(partner.signed, party, asker.person, now))
    ? accept<DocketEvent>(signed, { type: 'partner-selected', ...stamp(turn), partner: id })
    : accept(signed)
}

/** Either side declines a proposed partner, with reasons of the list and, if it likes, a day from which to apply again. */
export function declinePartner(turn: SidedTurn, command: CommandOf<'decline-partner'>): DocketDecision {
  const { partner: id, reasons, again } = command
  const { docket, party, now } = turn
  const partner = partnerOf(docket, id)
  if (partner === undefined) return no('partner.none')
  if (partner.standing !== 'proposed') return no('partner.not-proposed')
  const known = VETTING_REASONS.filter((reason) => reasons.includes(reason))
  if (known.length === 0 || known.length !== reasons.length) return no('partner.reason-needed')
  if (again !== null && !isFuture(again, now)) return no('partner.again-past')
  return accept({ type: 'partner-declined' as const, ...stamp(turn), partner: id, party, reasons: known, again })
}

/** The developer admits a partner alone: outside the joint list, which is its right and no breach of anything. */
export function admitOutside(turn: Turn, { partner: id }: CommandOf<'admit-outside'>): DocketDecision {
  const { docket } = turn
  const known = partnerOf(docket, id)
  if (known?.standing === 'selected' || known?.standing === 'outside') return no('partner.exists')
  if (known === undefined && docket.partners.length >= PARTNERS_MAX) return no('docket.full')
  return accept({ type: 'partner-admitted' as const, ...stamp(turn), partner: id })
}

/** The developer gives one named person of a partner access for a stated use until an instant. */
export function grantPartner(turn: Turn, command: CommandOf<'grant-partner'>): DocketDecision {
  const { partner: id, grant, person, use, until } = command
  const { docket, now } = turn
  const partner = partnerOf(docket, id)
  if (partner === undefined) return no('partner.none')
  if (partner.standing !== 'selected' && partner.standing !== 'outside') return no('partner.not-admitted')
  if (!isText(use, USE_MAX)) return no('text.malformed')
  if (!isFuture(until, now)) return no('grant.past')
  if (docket.partners.some(({ persons }) => persons.some((one) => one.grant === grant))) return no('grant.exists')
  if (isInDocket(docket, person)) return no('grant.seated')
  if (partner.persons.length >= GRANTS_MAX) return no('docket.full')
  return accept({ type: 'grant-given' as const, ...stamp(turn), partner: id, grant, person, use, until })
}

/** The developer ends one grant, or a partner with all its grants, at once. */
export function revokePartner(turn: Turn, { partner: id, grant }: CommandOf<'revoke-partner'>): DocketDecision {
  const partner = partnerOf(turn.docket, id)
  if (partner === undefined) return no('partner.none')
  if (grant === null) {
    if (partner.standing !== 'selected' && partner.standing !== 'outside') return no('partner.not-admitted')
  } else if (!partner.persons.some((one) => one.grant === grant && one.revoked === null)) return no('grant.none')
  return accept({ type: 'partner-revoked' as const, ...stamp(turn), partner: id, grant })
}

function partnerOf(docket: Docket, id: Id<'partner'>): Partner | undefined {
  return docket.partners.find((one) => one.partner === id)
}
