import type { LostWindow } from '../core/cases/relay/match-reserved.ts'
import { type CvePlace, evolveReservation, NO_RESERVATION, type Reservation } from '../core/cases/relay/reservation.ts'
import { evolveSending, type Sending } from '../core/cases/relay/sending.ts'
import type { ReservationJournal } from '../server/relay/cve/cve-deps.ts'
import type { SendingJournal } from '../server/relay/journal.ts'

/** Journals in memory; `dies` makes the n-th append from now fail as a crash does, before or after it stored. */
export interface FakeJournals {
  readonly sendings: SendingJournal
  readonly reservations: ReservationJournal
  dies: { readonly after: number; readonly stored: boolean } | null
}

export function fakeJournals(): FakeJournals {
  const sendings = new Map<string, { sending: Sending; version: number }>()
  const reservations = new Map<string, { reservation: Reservation; version: number }>()
  const appended = (store: () => void): boolean => {
    const { dies } = journals
    if (dies === null || dies.after > 0) {
      if (dies !== null) journals.dies = { ...dies, after: dies.after - 1 }
      store()
      return true
    }
    journals.dies = null
    if (dies.stored) store()
    throw new Error('the process died here')
  }
  const keyOf = (place: CvePlace) => `${place.case} ${place.flaw}`
  const journals: FakeJournals = {
    dies: null,
    sendings: {
      load: async (id) => sendings.get(id) ?? { sending: null, version: 0 },
      append: async (id, version, event) => {
        const held = sendings.get(id)
        if ((held?.version ?? 0) !== version) return false
        return appended(() => sendings.set(id, { sending: evolveSending(held?.sending ?? null, event), version: version + 1 }))
      },
    },
    reservations: {
      load: async (place) => reservations.get(keyOf(place)) ?? { reservation: NO_RESERVATION, version: 0 },
      append: async (place, version, event) => {
        const held = reservations.get(keyOf(place)) ?? { reservation: NO_RESERVATION, version: 0 }
        if (held.version !== version) return false
        const reservation = evolveReservation(held.reservation, event)
        return appended(() => reservations.set(keyOf(place), { reservation, version: version + 1 }))
      },
      bound: async (ids) => {
        const held = [...reservations.values()].flatMap(({ reservation }) => ('id' in reservation ? reservation.id : []))
        return new Set(ids.filter((id) => held.includes(id)))
      },
      lost: async (but) =>
        [...reservations].flatMap(([key, { reservation }]): LostWindow[] => {
          if (key === keyOf(but)) return []
          if (reservation.state === 'unsure') return [reservation]
          return reservation.state === 'asking' ? [{ ...reservation, until: reservation.since }] : []
        }),
    },
  }
  return journals
}
