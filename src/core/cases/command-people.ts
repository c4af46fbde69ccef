import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import { DAY, HOUR, type Instant, instant } from '../kernel/instant.ts'
import type { Participant } from './case.ts'
import type { PeopleCommand } from './case-command.ts'
import type { CaseEvent } from './case-event.ts'
import { no } from './case-refusal.ts'
import { invitationStands, participantOf, shortestOf, termsAsked } from './roster.ts'
import { mayPassOn } from './rules.ts'
import { settled } from './settle.ts'
import { type CaseDecision, type CommandOf, stamp, type Turn } from './turn.ts'

const MOST_PARTICIPANTS = 600
const RSVP_DEFAULT = 7 * DAY
const RSVP_FLOOR = 72 * HOUR

/** By when an answer is due: seven days where nothing is said, and never sooner than 72 hours. */
export function answerBy(wish: Instant | null, now: Instant): Instant {
  return instant(Math.max(wish ?? now + RSVP_DEFAULT, now + RSVP_FLOOR))
}

/** Invitations, answers to them, leaving and hiding. */
export function obeyPeople(turn: Turn, command: PeopleCommand): CaseDecision {
  if (command.do === 'invite') return invite(turn, command)
  const one = participantOf(turn.case, command.participant)
  if (one === null) return no('participant.none')
  if (one.leftAt !== null) return no('participant.left')
  switch (command.do) {
    case 'invite-again':
    case 'widen':
      return askAgain(turn, one, command)
    case 'accept-invitation':
      return acceptInvitation(turn, one, command.terms)
    case 'decline-invitation':
      if (one.respondBy === null) return no('invitation.none')
      return accept({ type: 'invitation-declined', ...stamp(turn), participant: one.id, silent: false })
    case 'leave':
    case 'remove':
      return leave(turn, one, command)
    case 'hide':
      return accept({ type: 'participation-hidden', ...stamp(turn), participant: one.id, hidden: command.hidden })
  }
}

function invite(turn: Turn, command: CommandOf<'invite'>): CaseDecision {
  const { case: of, now } = turn
  const inviter = participantOf(of, command.inviter)!
  if (!mayPassOn(inviter.report)) return no('report.not-accepted')
  if (participantOf(of, command.participant) !== null) return no('participant.exists')
  if (of.participants.length >= MOST_PARTICIPANTS) return no('case.full')
  const offered = offerable(inviter, command.flaws)
  if (offered === null) return no('invitation.no-flaws')
  const invited: Participant = {
    id: command.participant,
    organisation: command.organisation,
    kind: command.kind,
    tier: command.tier,
    // A finder has accepted its own find before anybody hears of it.
    report: command.kind === 'finder' ? 'accepted' : 'start',
    consent: 'invited',
    agreedTo: null,
    hidden: false,
    invitedBy: inviter.id,
    invitedAt: now,
    invitedTo: termsAsked(of),
    showsProduct: command.showsProduct,
    respondBy: answerBy(command.respondBy, now),
    admittedAt: null,
    offered,
    flaws: [],
    works: [],
    leftAt: null,
  }
  return accept({ type: 'participant-invited', ...stamp(turn), invited })
}

function offerable(inviter: Participant, flaws: 'all' | readonly Id<'flaw'>[]): readonly Id<'flaw'>[] | null {
  const asked = flaws === 'all' ? inviter.flaws : [...new Set(flaws)]
  return asked.length > 0 && asked.every((flaw) => inviter.flaws.includes(flaw)) ? asked : null
}

function askAgain(turn: Turn, one: Participant, command: CommandOf<'invite-again'> | CommandOf<'widen'>): CaseDecision {
  const { case: of, now } = turn
  if (one.id === of.chair) return no('participant.chair')
  const chair = participantOf(of, of.chair)!
  if (!mayPassOn(chair.report)) return no('report.not-accepted')
  const more = command.do === 'widen' ? offerable(chair, command.flaws) : []
  if (more === null) return no('invitation.no-flaws')
  const offered = [...new Set([...one.offered, ...more])].filter((flaw) => !one.flaws.includes(flaw))
  if (offered.length === 0) return no('participant.in')
  const respondBy = answerBy(command.respondBy, now)
  const asked = { participant: one.id, offered, respondBy, terms: termsAsked(of) }
  return accept({ type: 'invitation-renewed', ...stamp(turn), ...asked })
}

// Late is honoured while what was asked still stands; whatever has changed since must be shown again first.
function acceptInvitation(turn: Turn, one: Participant, shown: number | null): CaseDecision {
  const { case: of } = turn
  if (one.offered.length === 0) return no('invitation.none')
  if (shown !== termsAsked(of) || !invitationStands(of, one)) return no('invitation.terms-changed')
  const base = { ...stamp(turn), participant: one.id }
  const admitted = (terms: number | null): CaseEvent => ({ type: 'invitation-accepted', ...base, terms })
  const open = shortestOf(of.embargo.open)
  if (of.embargo.state !== 'proposed' || open === null) return accept(admitted(shown))
  // Whoever comes in while a first proposal stands agrees to it by coming in.
  if (open.proposedBy === one.id) return no('invitation.proposal-stands')
  const answered: CaseEvent = { type: 'embargo-answered', ...base, proposal: open.number, answer: 'accept' }
  const bound = settled(turn, [answered], open.number)
  const terms = bound.find((event) => event.type === 'embargo-accepted')?.terms.version ?? null
  return accept(...bound, admitted(terms))
}

function leave(turn: Turn, one: Participant, command: CommandOf<'leave'> | CommandOf<'remove'>): CaseDecision {
  const { case: of } = turn
  if (one.id === of.chair) return no('participant.chair')
  const removed = command.do === 'remove'
  const reason = command.do === 'remove' ? command.reason : null
  const base = stamp(turn)
  const left: CaseEvent = { type: 'participant-left', ...base, participant: one.id, removed, reason }
  // A proposal goes with whoever made it; the other proposals may be settled by who is left.
  const theirs = of.embargo.open.filter(({ proposedBy }) => proposedBy === one.id)
  const back = theirs.map(
    ({ number }): CaseEvent => ({ type: 'proposal-rejected', ...base, proposal: number, why: 'withdrawn' }),
  )
  const rest = of.embargo.open.filter(({ proposedBy }) => proposedBy !== one.id)
  return accept(...rest.reduce<readonly CaseEvent[]>((events, { number }) => settled(turn, events, number), [...back, left]))
}
