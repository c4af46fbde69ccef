import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { COMMAND_READS, COMMAND_SEATS } from './command-seats.ts'
import { COMPARTMENTS, type Compartment, OBJECTS, type ObjectKind } from './compartment.ts'
import type { Docket, Party, ReadIn } from './docket.ts'
import type { CommandName } from './docket-command.ts'
import { SEAT_TABLE, SEATS, type Seat } from './seat.ts'

type Person = Id<'person'>

/** The seats that a person has in a docket now, in the table's order; a partner person's comes from a grant that stands. */
export function seatsOf(docket: Docket, person: Person, now: Instant): readonly Seat[] {
  const given = seatedAs(docket, person)
  const granted = docket.partners.some(({ persons }) =>
    persons.some((grant) => grant.person === person && grant.revoked === null && now < grant.until),
  )
  return granted ? SEATS.filter((seat) => given.includes(seat) || seat === 'partner-person') : given
}

/** The seats that the docket's own people gave a person and have not ended. */
export function seatedAs(docket: Docket, person: Person): readonly Seat[] {
  return SEATS.filter((seat) => docket.seats.some((one) => one.person === person && one.seat === seat && one.endedAt === null))
}

/** The seat that a side's first person takes by its organisation's word. */
export const FIRST_SEAT = { developer: 'developer-lead', office: 'docket-officer' } as const satisfies Record<Party, Seat>

/** Whether nobody holds the first seat of a side, so that anybody who speaks for its organisation may take it. */
export function isLeaderless(docket: Docket, party: Party): boolean {
  return !docket.seats.some(({ seat, endedAt }) => seat === FIRST_SEAT[party] && endedAt === null)
}

/** Whether two officers stand behind a read-in, nobody ended it and its end has not come. */
export function isRead({ secondedBy, endedAt, until }: ReadIn, now: Instant): boolean {
  return secondedBy !== null && endedAt === null && now < until
}

/** The compartments a person is in now: those of their seats, and those that two officers read one of their seats into. */
export function compartmentsOf(docket: Docket, person: Person, now: Instant): readonly Compartment[] {
  const seats = seatsOf(docket, person, now)
  return COMPARTMENTS.filter((compartment) => seats.some((seat) => enters(docket, person, seat, compartment, now)))
}

function enters(docket: Docket, person: Person, seat: Seat, compartment: Compartment, now: Instant): boolean {
  const { holds, readable } = SEAT_TABLE[seat]
  if (holds.includes(compartment)) return true
  if (!readable.includes(compartment)) return false
  return docket.readIns.some((one) => one.person === person && one.compartment === compartment && isRead(one, now))
}

/**
 * Whether a person may read things of that kind in this docket now: some seat of theirs reads it and is in its compartment. A
 * `grant` is only ever a partner person's own; the `log` has no content, so that the inspector reads it from outside all
 * compartments. What a seat's row does not name, it does not read.
 */
export function mayRead(docket: Docket, person: Person, object: ObjectKind, now: Instant): boolean {
  if (object === 'grant') return seatsOf(docket, person, now).includes('partner-person')
  const compartment = OBJECTS[object]
  return seatsOf(docket, person, now).some(
    (seat) => SEAT_TABLE[seat].reads.includes(object) && (object === 'log' || enters(docket, person, seat, compartment, now)),
  )
}

/** Whether one of a person's seats may give the command, in whatever state the docket is. */
export function mayCommand(docket: Docket, person: Person, command: CommandName): boolean {
  return seatedAs(docket, person).some((seat) => COMMAND_SEATS[command].includes(seat))
}

/** Whether a person reads what a command is about, where that is asked of who gives it. */
export function isReadInFor(docket: Docket, person: Person, command: CommandName, now: Instant): boolean {
  const object = COMMAND_READS[command]
  return object === undefined || mayRead(docket, person, object, now)
}
