import { accept, type Decision } from '../../kernel/decision.ts'
import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type RelayRefusal, refuseRelay } from './relay-refusal.ts'
import { UNDER_WAY } from './sending.ts'

/** A CVE id belongs to one flaw of one case; another flaw of the same case has its own. */
export interface CvePlace {
  readonly case: Id<'case'>
  readonly flaw: Id<'flaw'>
}

/** How the CVE id of one case × flaw stands. `asking` without an answer is as unsure as `unsure`. */
export type Reservation =
  | { readonly state: 'none' }
  | { readonly state: 'asking'; readonly since: Instant; readonly year: number }
  | { readonly state: 'unsure'; readonly since: Instant; readonly until: Instant; readonly year: number }
  | { readonly state: 'reserved' | 'published' | 'rejected'; readonly id: string; readonly at: Instant }

export type ReservationCommand =
  | { readonly type: 'ask'; readonly year: number }
  | { readonly type: 'granted'; readonly id: string }
  | { readonly type: 'denied'; readonly code: string }
  | { readonly type: 'lost' }
  /** A person or the list of reserved ids said which id it was, or that there is none. */
  | { readonly type: 'settle'; readonly id: string | null; readonly by: string }
  | { readonly type: 'publish' }
  | { readonly type: 'reject' }

export type ReservationEvent =
  | { readonly type: 'cve-asked'; readonly at: Instant; readonly year: number }
  | { readonly type: 'cve-reserved'; readonly at: Instant; readonly id: string; readonly by: string | null }
  | { readonly type: 'cve-denied'; readonly at: Instant; readonly code: string }
  | { readonly type: 'cve-lost'; readonly at: Instant }
  | { readonly type: 'cve-published' | 'cve-rejected'; readonly at: Instant }

export const NO_RESERVATION: Reservation = { state: 'none' }

const CVE = /^CVE-\d{4}-\d{4,19}$/

export function isCveId(text: string): boolean {
  return CVE.test(text)
}

/** What a command makes of a reservation. `bound` says whether an id belongs to another flaw; asking twice is refused, never repeated. */
export function decideReservation(
  reservation: Reservation,
  command: ReservationCommand,
  bound: (id: string) => boolean,
  at: Instant,
): Decision<ReservationEvent, RelayRefusal> {
  const { state } = reservation
  const open = state === 'asking' || state === 'unsure'
  switch (command.type) {
    case 'ask':
      if (open) return refuseRelay('cve.unsettled')
      return state === 'none' ? accept({ type: 'cve-asked', at, year: command.year }) : refuseRelay('cve.reserved-already')
    case 'granted':
      return state === 'asking' ? take(command.id, null, bound, at) : refuseRelay('cve.wrong-state')
    case 'denied':
      return state === 'asking' ? accept({ type: 'cve-denied', at, code: command.code }) : refuseRelay('cve.wrong-state')
    case 'lost':
      return state === 'asking' ? accept({ type: 'cve-lost', at }) : refuseRelay('cve.wrong-state')
    case 'settle':
      if (!open) return refuseRelay('cve.wrong-state')
      if (state === 'asking' && at < reservation.since + UNDER_WAY) return refuseRelay('cve.under-way')
      if (command.id === null) return accept({ type: 'cve-denied', at, code: 'settled' })
      return take(command.id, command.by, bound, at)
    case 'publish':
      return state === 'reserved' || state === 'published'
        ? accept({ type: 'cve-published', at })
        : refuseRelay('cve.wrong-state')
    case 'reject':
      return state === 'reserved' || state === 'published'
        ? accept({ type: 'cve-rejected', at })
        : refuseRelay('cve.wrong-state')
  }
}

/** The reservation after one event. */
export function evolveReservation(before: Reservation, event: ReservationEvent): Reservation {
  const { at } = event
  switch (event.type) {
    case 'cve-asked':
      return { state: 'asking', since: at, year: event.year }
    case 'cve-reserved':
      return { state: 'reserved', id: event.id, at }
    case 'cve-denied':
      return NO_RESERVATION
    case 'cve-lost':
      return before.state === 'asking' ? { state: 'unsure', since: before.since, until: at, year: before.year } : before
    case 'cve-published':
    case 'cve-rejected':
      return 'id' in before ? { state: event.type === 'cve-published' ? 'published' : 'rejected', id: before.id, at } : before
  }
}

function take(
  id: string,
  by: string | null,
  bound: (id: string) => boolean,
  at: Instant,
): Decision<ReservationEvent, RelayRefusal> {
  if (!isCveId(id)) return refuseRelay('cve.malformed')
  return bound(id) ? refuseRelay('cve.bound', id) : accept({ type: 'cve-reserved', at, id, by })
}
