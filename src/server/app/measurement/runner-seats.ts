import type { Seat } from '../../../core/docket/seat.ts'

/** Who starts and stops run sets: progress is all they see of them. */
export const RUNNERS: readonly Seat[] = ['run-operator']
/** Who takes logs in, marks attempts and has figures computed; they must be read into R besides. */
export const ANALYSTS: readonly Seat[] = ['analyst', 'second-analyst']

export function hasSeat(seats: readonly Seat[], among: readonly Seat[]): boolean {
  return seats.some((seat) => among.includes(seat))
}
