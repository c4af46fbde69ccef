import { termsInForce } from '../../../core/docket/decide-terms.ts'
import type { Docket } from '../../../core/docket/docket.ts'
import { SEAT_TABLE, type Seat } from '../../../core/docket/seat.ts'
import type { Names } from './names.ts'

export interface ShownPerson {
  readonly id: string
  readonly name: string | null
}

/** Of these the developer's side never reads the names: who holds the sealed tasks, and who judges a second time. */
const UNNAMED: readonly Seat[] = ['benchmark-custodian', 'second-analyst']

/**
 * How people of a docket are shown to somebody with those seats: by name, or by id alone where it is withheld. Terms may let the
 * developer read the office's other names too; the officers it deals with it always knows.
 */
export function personShower(docket: Docket, mine: readonly Seat[], names: Names): (id: string) => ShownPerson {
  const withheld = mine.some((seat) => SEAT_TABLE[seat].side === 'office') ? new Set<string>() : withheldNames(docket)
  return (id) => ({ id, name: withheld.has(id) ? null : (names.people.get(id) ?? null) })
}

function withheldNames(docket: Docket): Set<string> {
  // What one side merely offers names nobody.
  const named = termsInForce(docket)?.facts.readersNamed ?? false
  const isWithheld = (seat: Seat) =>
    UNNAMED.includes(seat) || (!named && SEAT_TABLE[seat].side === 'office' && seat !== 'docket-officer')
  return new Set(docket.seats.filter(({ seat }) => isWithheld(seat)).map(({ person }) => person))
}
