import {
  type CvePlace,
  decideReservation,
  isCveId,
  type Reservation,
  type ReservationCommand,
} from '../../../core/cases/relay/reservation.ts'
import type { Refused } from '../../../core/kernel/decision.ts'
import { type Outcome, refusedWith, unsureWith } from '../outcome.ts'
import { fieldOf, listOf, readAnswer } from '../read-answer.ts'
import type { CveDeps } from './cve-deps.ts'
import { cveAnswer, cveRequest } from './cve-request.ts'

/**
 * Reserves one CVE id for a flaw of a case (POST /cve-id). Asking again gives the id that is there; after an answer that never
 * came it is unsure until the list of reserved ids or a person says which id it was.
 */
export async function reserveCve(place: CvePlace, deps: CveDeps): Promise<Outcome> {
  const { host, journal, now } = deps
  const { reservation, version } = await journal.load(place)
  if ('id' in reservation) return { ok: true, handle: reservation.id, at: reservation.at }
  const year = new Date(now()).getUTCFullYear()
  const asked = await recordReservation(place, reservation, version, { type: 'ask', year }, deps)
  if (asked !== null)
    return asked.code === 'cve.unsettled' ? unsureWith('an earlier try had no answer') : refusedWith('relay.not-begun')
  const query = { amount: '1', cve_year: String(year), short_name: host.organisation }
  const exchanged = await deps.exchange(cveRequest(host, 'POST', '/cve-id', query, undefined))
  const outcome = readAnswer(exchanged, cveAnswer(reservedId), now())
  const after = await journal.load(place)
  const command: ReservationCommand = outcome.ok
    ? { type: 'granted', id: outcome.handle }
    : 'unsure' in outcome
      ? { type: 'lost' }
      : { type: 'denied', code: outcome.refused }
  const refused = await recordReservation(place, after.reservation, after.version, command, deps)
  // An id that could not be bound to this flaw is not given away as its own.
  return refused === null || !outcome.ok ? outcome : unsureWith(refused.code)
}

/** Stores what a command makes of a reservation; null: stored. A loser of two at once is told `cve.wrong-state`. */
export async function recordReservation(
  place: CvePlace,
  reservation: Reservation,
  version: number,
  command: ReservationCommand,
  { journal, now }: Pick<CveDeps, 'journal' | 'now'>,
): Promise<Refused | null> {
  const id = 'id' in command ? command.id : null
  const bound = await journal.bound(id === null ? [] : [id])
  const decision = decideReservation(reservation, command, (text) => bound.has(text), now())
  if (!decision.ok) return decision
  const [event] = decision.events
  const stored = event !== undefined && (await journal.append(place, version, event))
  return stored ? null : { ok: false, code: 'cve.wrong-state', say: 'Somebody else was quicker; look again.' }
}

/** The one id of an answer, or null where it has none or several: then the list says what was reserved. */
function reservedId(body: unknown): string | null {
  const ids = listOf(body, 'cve_ids')
  const id = ids.length === 1 ? fieldOf(ids[0], 'cve_id') : null
  return typeof id === 'string' && isCveId(id) ? id : null
}
