import type { Id } from '../kernel/id.ts'
import { DAY, instant } from '../kernel/instant.ts'
import type { Case, EmbargoProposal, EmbargoTerms, Participant } from './case.ts'
import type { CaseEvent, CaseEventOf } from './case-event.ts'
import { isBinding } from './embargo-state.ts'
import { evolveCase } from './evolve.ts'
import { isEarlier, isReader, shortestOf, signatoriesOf } from './roster.ts'
import { stamp, type Turn } from './turn.ts'

const ANSWER_DAYS = 7

/** The events, and after them what the proposal comes to if it is ripe. `overdue`: its time to answer has passed. */
export function settled(turn: Turn, events: readonly CaseEvent[], number: number, overdue = false): readonly CaseEvent[] {
  const of = events.reduce(evolveCase, turn.case)
  const proposal = of.embargo.open.find((one) => one.number === number)
  if (proposal === undefined) return events
  const after = { ...turn, case: of }
  const outcome = isBinding(of.embargo.state) ? revision(after, proposal, overdue) : first(after, proposal, overdue)
  return outcome === null ? events : [...events, ...outcome]
}

/** Terms made of an offer from `now` on. */
export function termsOf(turn: Turn, { number, endsAt, proposedBy, policy, why }: EmbargoProposal): EmbargoTerms {
  return { version: number, startsAt: turn.now, endsAt, proposedBy, policy, why }
}

function rejected(turn: Turn, proposal: EmbargoProposal, why: 'declined' | 'silence'): readonly CaseEvent[] {
  return [{ type: 'proposal-rejected', ...stamp(turn), proposal: proposal.number, why }]
}

// One yes from somebody else is enough. The shortest offer then binds, for whoever offers secrecy for longer offers it for less;
// longer ones stay open as revisions. A no ends it when it is the chair's, or everybody's.
function first(turn: Turn, proposal: EmbargoProposal, overdue: boolean): readonly CaseEvent[] | null {
  const { case: of } = turn
  if (proposal.answers.some(({ answer }) => answer === 'accept')) {
    const binding = shortestOf(of.embargo.open)!
    const said = of.embargo.open.flatMap(({ proposedBy, answers }) => [
      proposedBy,
      ...answers.filter(({ answer }) => answer === 'accept').map(({ participant }) => participant),
    ])
    return [boundBy(turn, binding, said)]
  }
  const no = noesOf(proposal)
  const asked = of.participants.filter((one) => one.id !== proposal.proposedBy && isAsked(of, one))
  if (no.has(of.chair) || (asked.length > 0 && asked.every(({ id }) => no.has(id)))) return rejected(turn, proposal, 'declined')
  return overdue ? rejected(turn, proposal, 'silence') : null
}

/** The terms of that proposal bind; the chair is bound by every embargo of its case. */
export function boundBy(
  turn: Turn,
  proposal: EmbargoProposal,
  said: readonly Id<'participant'>[],
): CaseEventOf<'embargo-accepted'> {
  const respondBy = instant(turn.now + ANSWER_DAYS * DAY)
  const signatories = [...new Set([turn.case.chair, ...said])]
  const terms = termsOf(turn, proposal)
  return { type: 'embargo-accepted', ...stamp(turn), proposal: proposal.number, terms, signatories, respondBy }
}

// An earlier end lightens everybody's duty: the chair and one other suffice. A later one binds only those who say yes: any no
// ends it, and silence is a no, or, where the proposal says so and the chair agrees, lapses whoever is silent.
function revision(turn: Turn, proposal: EmbargoProposal, overdue: boolean): readonly CaseEvent[] | null {
  const { case: of } = turn
  const voices = signatoriesOf(of).filter(({ id }) => id !== proposal.proposedBy)
  const yes = yesesOf(proposal)
  const no = noesOf(proposal)
  const silent = voices.filter(({ id }) => !yes.has(id))
  const revised = (lapsed: readonly Participant[]) => [revisedBy(turn, proposal, [...yes], lapsed)]
  const chairs = proposal.proposedBy === of.chair
  if (silent.length === 0) return revised([])
  if (isEarlier(of.embargo.terms!.endsAt, proposal.endsAt)) {
    if (voices.some(({ id }) => no.has(id))) return rejected(turn, proposal, 'declined')
    if (!overdue) return null
    const carried = proposal.silence === 'lapse' && (chairs || yes.has(of.chair))
    return carried ? revised(silent.filter(({ id }) => id !== of.chair)) : rejected(turn, proposal, 'silence')
  }
  if (chairs ? voices.some(({ id }) => yes.has(id)) : yes.has(of.chair)) return revised([])
  if (chairs ? voices.every(({ id }) => no.has(id)) : no.has(of.chair)) return rejected(turn, proposal, 'declined')
  return overdue ? rejected(turn, proposal, 'silence') : null
}

/** Revised terms bind. */
export function revisedBy(
  turn: Turn,
  proposal: EmbargoProposal,
  yes: readonly Id<'participant'>[],
  lapsed: readonly Participant[],
): CaseEventOf<'embargo-revised'> {
  const terms = termsOf(turn, proposal)
  const agreed = [...new Set([turn.case.chair, proposal.proposedBy, ...yes])]
  const gone = lapsed.map(({ id }) => id)
  return { type: 'embargo-revised', ...stamp(turn), proposal: proposal.number, terms, agreed, lapsed: gone }
}

function yesesOf({ answers }: EmbargoProposal): ReadonlySet<Id<'participant'>> {
  return new Set(answers.filter(({ answer }) => answer === 'accept').map(({ participant }) => participant))
}

function noesOf({ answers }: EmbargoProposal): ReadonlySet<Id<'participant'>> {
  return new Set(answers.filter(({ answer }) => answer === 'decline').map(({ participant }) => participant))
}

/** Whether a proposal asks that participant: a reader, or somebody whose invitation stands open. */
export function isAsked(of: Case, one: Participant): boolean {
  return isReader(of, one) || (one.leftAt === null && one.consent === 'invited')
}
