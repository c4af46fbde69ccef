import type { Docket, ReadIn } from './docket.ts'
import type { DocketEvent, EventOf } from './docket-event.ts'
import { SEAT_TABLE } from './seat.ts'

const TYPES = ['person-seated', 'person-unseated', 'read-in-proposed', 'read-in-seconded', 'read-in-ended'] as const
type PeopleEvent = EventOf<(typeof TYPES)[number]>

export function isOfPeople(event: DocketEvent): event is PeopleEvent {
  return (TYPES as readonly string[]).includes(event.type)
}

/** What seats and read-ins become. Neither is ever struck out: an ended one says when it ended. */
export function afterPeople(docket: Docket, event: PeopleEvent): Partial<Docket> {
  const { seats, readIns } = docket
  switch (event.type) {
    case 'person-seated': {
      const { person, organisation, seat } = event
      return { seats: [...seats, { person, organisation, seat, endedAt: null }] }
    }
    case 'person-unseated':
      return unseated(docket, event)
    case 'read-in-proposed': {
      const { person, compartment, until, proposedBy } = event
      return { readIns: [...readIns, { person, compartment, until, proposedBy, secondedBy: null, endedAt: null }] }
    }
    case 'read-in-seconded':
      return { readIns: newest(readIns, event, (one) => ({ ...one, secondedBy: event.secondedBy })) }
    case 'read-in-ended':
      return { readIns: newest(readIns, event, (one) => ({ ...one, endedAt: event.at })) }
  }
}

// A read-in belongs to a seat: it ends with the last seat that could have it. Who read both sides' secrets as the authority reads
// neither in a lower seat.
function unseated(docket: Docket, { person, seat, at }: EventOf<'person-unseated'>): Partial<Docket> {
  const seats = docket.seats.map((one) =>
    one.person === person && one.seat === seat && one.endedAt === null ? { ...one, endedAt: at } : one,
  )
  const left = seats.filter((one) => one.person === person && one.endedAt === null)
  const own = docket.readIns.filter((one) => one.person === person && one.secondedBy !== null)
  const both = (['D', 'B'] as const).every((secret) => own.some(({ compartment }) => compartment === secret))
  const isLower = both && left.every((held) => held.seat !== 'determining-authority')
  const stays = ({ compartment }: ReadIn) =>
    left.some((held) => SEAT_TABLE[held.seat].readable.includes(compartment)) &&
    !(isLower && (compartment === 'D' || compartment === 'B'))
  const readIns = docket.readIns.map((one) =>
    one.person !== person || one.endedAt !== null || stays(one) ? one : { ...one, endedAt: at },
  )
  return { seats, readIns }
}

function newest(
  readIns: readonly ReadIn[],
  { person, compartment }: Pick<ReadIn, 'person' | 'compartment'>,
  next: (one: ReadIn) => ReadIn,
): readonly ReadIn[] {
  const n = readIns.findLastIndex((one) => one.person === person && one.compartment === compartment && one.endedAt === null)
  return readIns.map((one, i) => (i === n ? next(one) : one))
}
