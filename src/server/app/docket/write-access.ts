import { type Compartment, OBJECTS, type ObjectKind } from '../../../core/docket/compartment.ts'
import { SEAT_TABLE, type Seat } from '../../../core/docket/seat.ts'
import { MINUTE } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type AccessEntry, appendAccess, wasLogged } from '../../store/docket-access.ts'
import type { SeenDocket } from './load-docket.ts'

/** A page that loads itself again every few seconds is one reading, told once in this time. */
const ONE_READING = 10 * MINUTE

/** What is plain to both sides anyway, and no content: nobody writes down that it was looked at. */
const PLAIN: ReadonlySet<ObjectKind> = new Set(['head', 'log', 'progress'])

/** Writes into the docket's log that a person read something, or asked for it and was shown nothing. */
export async function writeReading(
  tx: Tx,
  seen: SeenDocket,
  object: ObjectKind,
  thing: string | null,
  refused = false,
): Promise<void> {
  if (PLAIN.has(object) && !refused) return
  const entry = entryOf(seen, object, 'read', thing, refused)
  if (await wasLogged(tx, seen.docket.id, entry, seen.now - ONE_READING)) return
  await appendAccess(tx, seen.docket.id, [entry])
}

/** Writes into the docket's log that a person did something to a thing in it; `what` is a closed word. */
export async function writeDeed(
  tx: Tx,
  seen: SeenDocket,
  object: ObjectKind,
  what: string,
  thing: string | null,
): Promise<void> {
  await appendAccess(tx, seen.docket.id, [entryOf(seen, object, what, thing, false)])
}

function entryOf(seen: SeenDocket, object: ObjectKind, what: string, thing: string | null, refused: boolean): AccessEntry {
  const compartment: Compartment = OBJECTS[object]
  const { now: at, person } = seen
  const seat = seatFor(seen.seats, object)
  return { at, person, seat, compartment, object, what, thing, refused, calls: 0, tokens: 0 }
}

/** The seat that reads it; else the first that the person has. */
function seatFor(seats: readonly Seat[], object: ObjectKind): Seat | null {
  return seats.find((seat) => SEAT_TABLE[seat].reads.includes(object)) ?? seats[0] ?? null
}
