import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Docket, Party, ReadIn } from './docket.ts'
import { no } from './docket-refusal.ts'
import { seatedAs } from './reading.ts'
import { APART, SEAT_TABLE, SEATS, type Seat } from './seat.ts'
import { type CommandOf, type DocketDecision, type SidedTurn, stamp, type Turn } from './turn.ts'
import { isFuture } from './written.ts'

const SEATS_MAX = 1000
const READ_INS_MAX = 5000

type Person = Id<'person'>

/** Gives a person of one's own organisation a seat on one's own side. What somebody once read here counts for ever. */
export function seatPerson(turn: SidedTurn, { person, organisation, seat }: CommandOf<'seat'>): DocketDecision {
  const { docket, party } = turn
  if (seat === 'partner-person') return no('seat.by-grant')
  if (!SEATS.includes(seat)) return no('seat.none')
  if (SEAT_TABLE[seat].side !== party) return no('seat.other-side')
  if (organisation !== organisationOf(docket, party)) return no('seat.wrong-organisation')
  if (seatedAs(docket, person).includes(seat)) return no('seat.taken')
  if (sidesEver(docket, person).some((side) => side !== party)) return no('seat.wrong-organisation')
  if (wasGranted(docket, person)) return no('seat.apart')
  if (seatsEver(docket, person).some((other) => areApart(other, seat))) return no('seat.apart')
  if (docket.seats.length >= SEATS_MAX) return no('docket.full')
  return accept({ type: 'person-seated' as const, ...stamp(turn), person, organisation, seat })
}

/** Ends a seat on one's own side, and with it the read-ins that only this seat could have. */
export function unseatPerson(turn: SidedTurn, { person, seat }: CommandOf<'unseat'>): DocketDecision {
  const { docket, party } = turn
  if (!seatedAs(docket, person).includes(seat)) return no('seat.none')
  if (SEAT_TABLE[seat].side !== party) return no('seat.other-side')
  return accept({ type: 'person-unseated' as const, ...stamp(turn), person, seat })
}

/**
 * Ends all seats of somebody who is no longer with their organisation: where it was the only lead or officer, another of that side
 * can take the first seat, and withdraw, plan or close as before.
 */
export function leave(turn: Turn, { person }: CommandOf<'person-left'>): DocketDecision {
  const seats = seatedAs(turn.docket, person).filter((seat) => seat !== 'partner-person')
  return accept(...seats.map((seat) => ({ type: 'person-unseated' as const, ...stamp(turn), person, seat })))
}

/** The first of two officers reads a person into a compartment until an instant; nothing is read before the second. */
export function proposeReadIn(turn: SidedTurn, { person, compartment, until }: CommandOf<'read-in'>): DocketDecision {
  const { docket, asker, now } = turn
  if (person === asker.person) return no('read-in.self')
  if (!isFuture(until, now)) return no('read-in.past')
  const seats = seatedAs(docket, person)
  if (!seats.some((seat) => SEAT_TABLE[seat].readable.includes(compartment))) return no('read-in.no-seat')
  if (docket.readIns.some((one) => one.person === person && one.compartment === compartment && stands(one, now)))
    return no('read-in.exists')
  if (wouldReadBoth(docket, person, compartment, now)) return no('read-in.both')
  if (docket.readIns.length >= READ_INS_MAX) return no('docket.full')
  const proposedBy = asker.person
  return accept({ type: 'read-in-proposed' as const, ...stamp(turn), person, compartment, until, proposedBy })
}

/** The second officer, who is neither the first nor the person. */
export function secondReadIn(turn: SidedTurn, { person, compartment }: CommandOf<'second-read-in'>): DocketDecision {
  const { docket, asker, now } = turn
  if (person === asker.person) return no('read-in.self')
  const open = docket.readIns.find(
    (one) => one.person === person && one.compartment === compartment && stands(one, now) && one.secondedBy === null,
  )
  if (open === undefined) return no('read-in.none')
  if (open.proposedBy === asker.person) return no('read-in.same-officer')
  // The first officer must still be one: two officers stand behind a read-in when it begins.
  if (!seatedAs(docket, open.proposedBy).includes('docket-officer')) return no('read-in.none')
  if (wouldReadBoth(docket, person, compartment, now)) return no('read-in.both')
  const secondedBy = asker.person
  return accept({ type: 'read-in-seconded' as const, ...stamp(turn), person, compartment, secondedBy })
}

/** Ends a read-in at once. The developer ends those to its own compartment, an officer any. */
export function readOut(turn: SidedTurn, { person, compartment }: CommandOf<'read-out'>): DocketDecision {
  const { docket, party, now } = turn
  if (party === 'developer' && compartment !== 'D') return no('asker.no-seat')
  if (!docket.readIns.some((one) => one.person === person && one.compartment === compartment && stands(one, now)))
    return no('read-in.none')
  return accept({ type: 'read-in-ended' as const, ...stamp(turn), person, compartment })
}

/** Whether a person has or had a seat in the docket that its own people gave. */
export function isInDocket(docket: Docket, person: Person): boolean {
  return docket.seats.some((one) => one.person === person)
}

function stands({ endedAt, until }: ReadIn, now: number): boolean {
  return endedAt === null && now < until
}

function organisationOf(docket: Docket, party: Party): Id<'organisation'> {
  return party === 'developer' ? docket.developer : docket.office
}

function seatsEver(docket: Docket, person: Person): readonly Seat[] {
  return docket.seats.filter((one) => one.person === person).map(({ seat }) => seat)
}

function sidesEver(docket: Docket, person: Person): readonly string[] {
  return seatsEver(docket, person).map((seat) => SEAT_TABLE[seat].side)
}

function wasGranted(docket: Docket, person: Person): boolean {
  return docket.partners.some(({ persons }) => persons.some((grant) => grant.person === person))
}

function areApart(a: Seat, b: Seat): boolean {
  return APART.some(([one, two]) => (one === a && two === b) || (one === b && two === a))
}

// Also past read-ins: what was read stays known. Only the determining authority may know both sides' secrets.
function wouldReadBoth(docket: Docket, person: Person, compartment: string, now: number): boolean {
  const other = compartment === 'D' ? 'B' : compartment === 'B' ? 'D' : null
  if (other === null || seatedAs(docket, person).includes('determining-authority')) return false
  return docket.readIns.some(
    (one) => one.person === person && one.compartment === other && (one.secondedBy !== null || stands(one, now)),
  )
}
