import { accept, type Refused } from '../kernel/decision.ts'
import type { Instant } from '../kernel/instant.ts'
import { COMMAND_SEATS } from './command-seats.ts'
import { closeIfOverdue } from './decide-closing.ts'
import { isReady } from './decide-terms.ts'
import { closeIfDue, openIfDue } from './decide-window.ts'
import type { Docket, Party } from './docket.ts'
import type { Asker, DocketCommand } from './docket-command.ts'
import type { DocketEvent } from './docket-event.ts'
import { type DocketRefusal, no } from './docket-refusal.ts'
import { evolveDocket } from './evolve.ts'
import { COMMAND_STATES, kindHas } from './kinds.ts'
import { obeyPerson, obeyWeir } from './obey.ts'
import type { AccessPolicy } from './policy.ts'
import { FIRST_SEAT, isLeaderless, isReadInFor } from './reading.ts'
import { SEAT_TABLE } from './seat.ts'
import { type DocketDecision, type SidedTurn, stamp, type Turn } from './turn.ts'

type Refusal = Refused<DocketRefusal>

/**
 * What a command does to a docket at `now`, which is the later of the clocks that the caller knows. What time alone has brought
 * about (an opening, an end) comes first, so that no command can reach back behind it. A refusal changes nothing.
 */
export function decideDocket(
  docket: Docket,
  command: DocketCommand,
  asker: Asker,
  now: Instant,
  policy: AccessPolicy,
): DocketDecision {
  if (policy.id !== docket.policy) return no('docket.wrong-policy')
  const due = dueEvents(docket, now, policy)
  const turn = { docket: due.reduce(evolveDocket, docket), asker, now, policy }
  const decision = obey(turn, command)
  if (!decision.ok) return decision
  const after = decision.events.reduce(evolveDocket, turn.docket)
  return accept(...due, ...decision.events, ...dueEvents(after, now, policy))
}

function obey(turn: Turn, command: DocketCommand): DocketDecision {
  const { state, kind } = turn.docket
  const { asker } = turn
  if (state === 'closed') return command.do === 'clock' && asker.kind === 'machine' ? accept() : no('docket.closed')
  const sided = asker.kind === 'person' ? asPerson({ ...turn, asker }, command) : null
  if (sided !== null && 'code' in sided) return sided
  if (!kindHas(kind, command.do)) return no('docket.wrong-kind')
  if (!COMMAND_STATES[command.do].includes(state)) return no('docket.wrong-state')
  if (sided !== null) return obeyPerson(sided, command)
  return COMMAND_SEATS[command.do].length === 0 ? obeyWeir(turn, command) : no('asker.no-seat')
}

// The seat decides, and the side it is on; only the first lead and the first officer come by their organisation's word.
function asPerson(turn: Omit<SidedTurn, 'party'>, command: DocketCommand): SidedTurn | Refusal {
  const { docket, asker } = turn
  const seats = COMMAND_SEATS[command.do]
  if (seats.length === 0) return no('asker.not-weir')
  const own = docket.seats.find(
    ({ person, organisation, endedAt, seat }) =>
      person === asker.person && organisation === asker.organisation && endedAt === null && seats.includes(seat),
  )
  if (own !== undefined && !isReadInFor(docket, asker.person, command.do, turn.now)) return no('asker.not-read-in')
  if (own !== undefined) return { ...turn, party: SEAT_TABLE[own.seat].side as Party }
  return command.do === 'seat' && takesFirstSeat(docket, asker, command)
    ? { ...turn, party: asker.party! }
    : no('asker.no-seat')
}

function takesFirstSeat(
  docket: Docket,
  { party, organisation, person }: SidedTurn['asker'],
  command: Extract<DocketCommand, { do: 'seat' }>,
): boolean {
  if (party === null || command.person !== person) return false
  return command.seat === FIRST_SEAT[party] && organisation === docket[party] && isLeaderless(docket, party)
}

/** What now stands to happen by itself: readiness, an agreed opening, an end, a receipt whose days are over. */
function dueEvents(docket: Docket, now: Instant, policy: AccessPolicy): readonly DocketEvent[] {
  const turn: Turn = { docket, asker: { kind: 'machine' }, now, policy }
  const next = [...readied(turn), ...openIfDue(turn), ...closeIfDue(turn), ...closeIfOverdue(turn)]
  return next.length === 0 ? [] : [...next, ...dueEvents(next.reduce(evolveDocket, docket), now, policy)]
}

function readied(turn: Turn): readonly DocketEvent[] {
  return turn.docket.state === 'terms' && isReady(turn.docket) ? [{ type: 'access-readied', ...stamp(turn) }] : []
}
