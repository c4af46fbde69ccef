import type { CvePlace } from '../../../core/cases/relay/reservation.ts'
import { type Outcome, refusedWith, unsureWith } from '../outcome.ts'
import { fieldOf, readAnswer } from '../read-answer.ts'
import type { CveDeps } from './cve-deps.ts'
import { cveAnswer, cveRequest } from './cve-request.ts'
import { recordReservation } from './reserve-cve.ts'

/** Publishes the record of a reserved id, or updates it where it is published; the whole CNA container replaces what stood there. */
export function publishCve(place: CvePlace, container: unknown, deps: CveDeps): Promise<Outcome> {
  return putRecord(place, container, 'cna', deps)
}

/** Rejects a reserved or published id for good; the container says why and which ids take its place. */
export function rejectCve(place: CvePlace, container: unknown, deps: CveDeps): Promise<Outcome> {
  return putRecord(place, container, 'reject', deps)
}

// POST makes a record and PUT replaces one (/cve/{id}/cna, /cve/{id}/reject). Both say the same when said twice, so that an answer
// that never came is mended by doing it again; what the other side has decides which of the two it must be.
async function putRecord(place: CvePlace, container: unknown, kind: 'cna' | 'reject', deps: CveDeps): Promise<Outcome> {
  const { reservation, version } = await deps.journal.load(place)
  if (reservation.state !== 'reserved' && reservation.state !== 'published') return refusedWith('relay.not-begun')
  const faults = kind === 'cna' ? deps.schema.published(container) : deps.schema.rejected(container)
  if (faults.length > 0) return refusedWith('relay.not-accepted', faults)
  const { id } = reservation
  const send = async (method: 'POST' | 'PUT') => {
    const request = cveRequest(deps.host, method, `/cve/${id}/${kind}`, {}, { cnaContainer: container })
    const outcome = readAnswer(
      await deps.exchange(request),
      cveAnswer((body) => (says(body) ? id : null)),
      deps.now(),
    )
    return outcome
  }
  const first = reservation.state === 'published' ? 'PUT' : 'POST'
  let outcome = await send(first)
  if (!outcome.ok && 'refused' in outcome && otherWay(outcome.faults)) outcome = await send(first === 'PUT' ? 'POST' : 'PUT')
  if (!outcome.ok) return outcome
  const refused = await recordReservation(place, reservation, version, { type: kind === 'cna' ? 'publish' : 'reject' }, deps)
  return refused === null ? outcome : unsureWith(refused.code)
}

function says(body: unknown): boolean {
  return fieldOf(body, 'created') !== undefined || fieldOf(body, 'updated') !== undefined
}

function otherWay(faults: readonly string[]): boolean {
  return faults.includes('CVE_RECORD_EXISTS') || faults.includes('CVE_RECORD_DNE')
}
