import type { Instant } from '../kernel/instant.ts'
import type { Case } from './case.ts'
import type { CaseEvent } from './case-event.ts'
import { isBinding } from './embargo-state.ts'
import { evolveCase } from './evolve.ts'
import { settled } from './settle.ts'
import { stamp, type Turn } from './turn.ts'

/** The next instant at which time alone changes the case; null: never. What a sweeper sleeps until. */
export function nextDue(of: Case): Instant | null {
  if (of.state === 'closed') return null
  const { state, terms, open } = of.embargo
  const ends = isBinding(state) && terms !== null ? terms.endsAt : null
  const all = [ends, ...open.map(({ respondBy }) => respondBy), ...of.participants.map(({ respondBy }) => respondBy)]
  return all.reduce((first, one) => (one !== null && (first === null || one < first) ? one : first), null)
}

/** What has fallen due by `now`, in the order in which it fell due: ends, proposals and invitations without an answer. */
export function dueEvents(turn: Turn): readonly CaseEvent[] {
  const events: CaseEvent[] = []
  let of = turn.case
  for (let at = nextDue(of); at !== null && at <= turn.now; at = nextDue(of)) {
    const next = dueAt({ case: of, asker: { kind: 'clock' }, now: turn.now }, at)
    events.push(...next)
    of = next.reduce(evolveCase, of)
  }
  return events
}

// Everything due at one instant; the end of an embargo comes before answers about it.
function dueAt(turn: Turn, at: Instant): readonly CaseEvent[] {
  const { embargo, participants } = turn.case
  const base = stamp(turn)
  if (isBinding(embargo.state) && embargo.terms?.endsAt === at)
    return [{ type: 'embargo-ended', ...base, why: 'end', reason: null }]
  const proposal = embargo.open.find(({ respondBy }) => respondBy === at)
  if (proposal !== undefined) return settled(turn, [], proposal.number, true)
  return participants
    .filter(({ respondBy }) => respondBy === at)
    .map(({ id: participant }) => ({ type: 'invitation-declined', ...base, participant, silent: true }))
}
