import type { Case, Embargo, EmbargoProposal, EmbargoTerms, Participant } from './case.ts'
import type { CaseEventOf, EmbargoEvent } from './case-event.ts'
import { type EmbargoMove, stepEmbargo } from './embargo-state.ts'
import { consentAfter } from './evolve-people.ts'
import { isReader, union } from './roster.ts'

/** The case after a proposal, an answer, terms that bind, or an end. */
export function afterEmbargo(of: Case, event: EmbargoEvent): Partial<Case> {
  const { embargo } = of
  switch (event.type) {
    case 'embargo-proposed': {
      const { proposal } = event
      return { embargo: moved({ ...embargo, open: [...embargo.open, proposal], newest: proposal.number }, 'propose') }
    }
    case 'embargo-answered':
      return {
        embargo: { ...embargo, open: embargo.open.map((one) => (one.number === event.proposal ? answered(one, event) : one)) },
      }
    case 'proposal-rejected': {
      const open = without(embargo, event.proposal)
      return { embargo: open.length === 0 ? moved({ ...embargo, open }, 'reject') : { ...embargo, open } }
    }
    case 'embargo-accepted': {
      const signed = new Set(event.signatories)
      const participants = of.participants.map((one) => bound(of, one, signed, event))
      return { embargo: inForce(embargo, event.proposal, event.terms), participants }
    }
    case 'embargo-revised':
      return { embargo: inForce(embargo, event.proposal, event.terms), participants: revised(of, event) }
    case 'embargo-ended': {
      const ended = { at: event.at, why: event.why }
      return {
        embargo: moved({ ...embargo, open: [], ended }, 'terminate'),
        participants: of.participants.map((one) => released(one, embargo.terms)),
      }
    }
    case 'duty-recorded':
      return { duties: [...of.duties, event.duty] }
    case 'publishing-agreed': {
      const rest = of.agreedToPublish.filter(({ participant }) => participant !== event.participant)
      return { agreedToPublish: event.agree ? [...rest, { participant: event.participant, at: event.at }] : rest }
    }
  }
}

function moved(embargo: Embargo, move: EmbargoMove): Embargo {
  return { ...embargo, state: stepEmbargo(embargo.state, move) ?? embargo.state }
}

function without({ open }: Embargo, number: number): readonly EmbargoProposal[] {
  return open.filter((one) => one.number !== number)
}

function answered(one: EmbargoProposal, { participant, answer, at }: CaseEventOf<'embargo-answered'>): EmbargoProposal {
  const rest = one.answers.filter((before) => before.participant !== participant)
  return { ...one, answers: [...rest, { participant, answer, at }] }
}

// Terms by acceptance; offers that are still open are revisions of them.
function inForce(embargo: Embargo, number: number, terms: EmbargoTerms): Embargo {
  const open = without(embargo, number)
  const history = embargo.terms === null ? embargo.history : [...embargo.history, embargo.terms]
  const accepted = moved({ ...embargo, open, history, terms }, 'accept')
  return open.length === 0 ? accepted : moved(accepted, 'propose')
}

// A reader who did not agree stops reading what they are now asked to keep secret, until they agree.
function bound(of: Case, one: Participant, signed: ReadonlySet<string>, event: CaseEventOf<'embargo-accepted'>): Participant {
  const { terms, respondBy } = event
  if (one.leftAt !== null) return one
  if (signed.has(one.id) && one.admittedAt !== null) {
    return { ...one, consent: consentAfter(one.consent, 'invite', 'accept'), agreedTo: terms.version, invitedTo: terms.version }
  }
  if (!isReader(of, one)) return one.consent === 'invited' ? { ...one, invitedTo: terms.version } : one
  const asked = { consent: consentAfter(one.consent, 'invite'), invitedTo: terms.version, respondBy }
  return { ...one, ...asked, admittedAt: null, offered: union(one.flaws, one.offered), flaws: [] }
}

function revised(of: Case, event: CaseEventOf<'embargo-revised'>): readonly Participant[] {
  const { version } = event.terms
  const agreed = new Set(event.agreed)
  const lapsed = new Set(event.lapsed)
  return of.participants.map((one) => {
    if (lapsed.has(one.id)) {
      const offered = union(one.flaws, one.offered)
      const out = { consent: consentAfter(one.consent, 'revise'), admittedAt: null, offered, flaws: [], respondBy: null }
      return { ...one, ...out, invitedTo: version }
    }
    if (one.consent === 'signatory')
      return { ...one, agreedTo: agreed.has(one.id) ? version : one.agreedTo, invitedTo: version }
    return one.consent === 'invited' ? { ...one, invitedTo: version } : one
  })
}

// Readers keep what they read; whoever was asked and had not agreed is asked no more: the end opens nothing.
// An invitation of before the embargo is one of before its end.
function released(before: Participant, terms: EmbargoTerms | null): Participant {
  const one = { ...before, invitedTo: before.invitedTo ?? terms?.version ?? null }
  if (one.consent !== 'signatory' && one.consent !== 'lapsed') return one
  return { ...one, consent: consentAfter(one.consent, 'reset') }
}
