import { type ListedId, type LostWindow, matchReserved, SKEW } from '../../../core/cases/relay/match-reserved.ts'
import { type CvePlace, isCveId } from '../../../core/cases/relay/reservation.ts'
import type { Refused } from '../../../core/kernel/decision.ts'
import { formatInstant, type Instant, instant, parseInstant } from '../../../core/kernel/instant.ts'
import { fieldOf } from '../read-answer.ts'
import type { CveDeps } from './cve-deps.ts'
import { cveRequest } from './cve-request.ts'
import { recordReservation } from './reserve-cve.ts'

const MOST_PAGES = 20

/** What looking for a lost reservation found. `several`: a person says which; `too-early`: it may still be under way. */
export type Settled =
  | { readonly found: 'one'; readonly id: string }
  | { readonly found: 'none' | 'too-early' | 'unknown' | 'not-lost' }
  | { readonly found: 'several'; readonly ids: readonly string[] }

/** Looks through the reserved ids for the one a lost reservation got (GET /cve-id), and binds it where only one can be it. */
export async function settleCve(place: CvePlace, deps: CveDeps): Promise<Settled> {
  const { reservation, version } = await deps.journal.load(place)
  if (reservation.state !== 'asking' && reservation.state !== 'unsure') return { found: 'not-lost' }
  // A process that died while asking left no end; the time-out of a request is the longest it can have taken.
  const until = reservation.state === 'unsure' ? reservation.until : instant(reservation.since + SKEW)
  if (deps.now() < until + SKEW) return { found: 'too-early' }
  const lost = { since: reservation.since, until, year: reservation.year }
  const listed = await listReserved(lost, deps)
  if (listed === null) return { found: 'unknown' }
  const bound = await deps.journal.bound(listed.map(({ id }) => id))
  const match = matchReserved(listed, lost, await deps.journal.lost(place), deps.host.user, (id) => bound.has(id))
  if (match.found === 'several') return match
  const id = match.found === 'one' ? match.id : null
  const refused = await recordReservation(place, reservation, version, { type: 'settle', id, by: 'list' }, deps)
  return refused === null ? match : { found: 'not-lost' }
}

/** A person says which id a lost reservation got, or null where there is none. */
export async function chooseCve(place: CvePlace, id: string | null, by: string, deps: CveDeps): Promise<Refused | null> {
  const { reservation, version } = await deps.journal.load(place)
  return recordReservation(place, reservation, version, { type: 'settle', id, by }, deps)
}

/** All ids that were reserved within a window, or null where the list could not be read whole. */
async function listReserved({ since, until, year }: LostWindow, deps: CveDeps): Promise<readonly ListedId[] | null> {
  const all: ListedId[] = []
  const window = { 'time_reserved.gt': seconds(since - SKEW), 'time_reserved.lt': seconds(until + SKEW) }
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = { state: 'RESERVED', cve_id_year: String(year), ...window, page: String(page) }
    const exchanged = await deps.exchange(cveRequest(deps.host, 'GET', '/cve-id', query, undefined))
    if (exchanged.came !== 'answer' || exchanged.status !== 200) return null
    const body = parsed(exchanged.body)
    const ids = fieldOf(body, 'cve_ids')
    if (!Array.isArray(ids)) return null
    all.push(...ids.flatMap(listedId))
    if (typeof fieldOf(body, 'nextPage') !== 'number') return all
  }
  return null
}

function listedId(value: unknown): ListedId[] {
  const id = fieldOf(value, 'cve_id')
  const state = fieldOf(value, 'state')
  const user = fieldOf(fieldOf(value, 'requested_by'), 'user')
  const reserved = fieldOf(value, 'reserved')
  const at = typeof reserved === 'string' && reserved.length < 64 ? parseInstant(reserved) : null
  if (typeof id !== 'string' || !isCveId(id) || typeof state !== 'string' || typeof user !== 'string' || at === null) return []
  return [{ id, state, user, reserved: at }]
}

/** `2026-11-21T16:00:00Z`, the form of a timestamp in its queries. */
function seconds(ms: number): string {
  return formatInstant(ms as Instant).replace(/\.\d+Z$/, 'Z')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
