import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Case, CaseFlaw, FlawWork, Participant } from './case.ts'
import type { CaseEventOf, PeopleEvent } from './case-event.ts'
import { type ConsentMove, type ConsentState, stepConsent } from './consent-state.ts'
import { stepReport } from './report-state.ts'
import { isMaker, union, workOf } from './roster.ts'
import { stepVendor } from './vendor-step.ts'

/** The consent after those moves, by the table alone; one it has no row for changes nothing. The one writer of consent. */
export function consentAfter(consent: ConsentState, ...moves: readonly ConsentMove[]): ConsentState {
  return moves.reduce<ConsentState>((state, move) => stepConsent(state, move) ?? state, consent)
}

/** The participants with that one changed. */
export function changed(of: Case, id: Id<'participant'>, change: (one: Participant) => Participant): readonly Participant[] {
  return of.participants.map((one) => (one.id === id ? change(one) : one))
}

/** The participant with its work on one flaw changed. */
export function worked(one: Participant, flaw: Id<'flaw'>, change: (work: FlawWork) => FlawWork): Participant {
  const next = change(workOf(one, flaw))
  const has = one.works.some((work) => work.flaw === flaw)
  return { ...one, works: has ? one.works.map((work) => (work.flaw === flaw ? next : work)) : [...one.works, next] }
}

/** The participant knowing of those flaws, where its kind has a step at all. */
export function awareOf(one: Participant, flaws: readonly Id<'flaw'>[], at: Instant): Participant {
  if (!isMaker(one.kind)) return one
  const news = flaws.filter((flaw) => workOf(one, flaw).step === 'vfd')
  return news.reduce<Participant>(
    (now, flaw) => worked(now, flaw, (work) => ({ ...work, step: stepVendor('vfd', 'aware'), awareAt: at })),
    one,
  )
}

/** A maker knows what everybody knows, read in or not. */
export function awareOfPublic(one: Participant, flaws: readonly CaseFlaw[], at: Instant): Participant {
  if (one.leftAt !== null || !isMaker(one.kind)) return one
  const theirs = new Set([...one.flaws, ...one.offered])
  const open = flaws.filter(({ flaw, public: noted }) => noted !== null && theirs.has(flaw))
  return awareOf(
    one,
    open.map(({ flaw }) => flaw),
    at,
  )
}

/** The case after people came, answered or left. */
export function afterPeople(of: Case, event: PeopleEvent): Partial<Case> {
  switch (event.type) {
    case 'participant-invited':
      return { participants: [...of.participants, awareOfPublic(event.invited, of.flaws, event.at)] }
    case 'invitation-renewed':
      return { participants: changed(of, event.participant, (one) => renewed(of, one, event)) }
    case 'invitation-accepted':
      return { participants: changed(of, event.participant, (one) => admitted(one, event)) }
    case 'invitation-declined':
      return { participants: changed(of, event.participant, declined) }
    case 'participant-left':
      return { participants: changed(of, event.participant, (one) => ({ ...one, leftAt: event.at, respondBy: null })) }
    case 'participation-hidden':
      return { participants: changed(of, event.participant, (one) => ({ ...one, hidden: event.hidden })) }
  }
}

function renewed(of: Case, one: Participant, event: CaseEventOf<'invitation-renewed'>): Participant {
  const { offered, respondBy, terms: invitedTo } = event
  const asked = { ...one, offered, respondBy, invitedTo }
  // Whoever reads already keeps reading what they read.
  const consent = one.admittedAt === null ? consentAfter(one.consent, 'invite') : one.consent
  return awareOfPublic({ ...asked, consent }, of.flaws, event.at)
}

function admitted(one: Participant, { terms, at }: CaseEventOf<'invitation-accepted'>): Participant {
  const flaws = union(one.flaws, one.offered)
  const consent = terms === null ? consentAfter(one.consent, 'reset') : consentAfter(one.consent, 'invite', 'accept')
  const report = stepReport(one.report, 'receive') ?? one.report
  const agreed = { agreedTo: terms ?? one.agreedTo, invitedTo: terms, respondBy: null }
  return awareOf({ ...one, ...agreed, consent, report, flaws, offered: [], admittedAt: one.admittedAt ?? at }, flaws, at)
}

// Whoever reads already says no to what was offered besides, and to nothing else.
function declined(one: Participant): Participant {
  if (one.admittedAt !== null) return { ...one, respondBy: null, offered: [] }
  return { ...one, respondBy: null, consent: consentAfter(one.consent, 'decline') }
}
