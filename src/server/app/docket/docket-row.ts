import type { DocketRow } from '../../../contract/shapes/docket.ts'
import { KINDS } from '../../../core/docket/kinds.ts'
import { nextStep } from '../../../core/docket/next-step.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import { timeLeft } from '../../../core/docket/window.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { SeenDocket } from './load-docket.ts'
import type { Names } from './names.ts'

/** One docket in a list, as much of it as the person's seats show. */
export function docketRow(seen: SeenDocket, names: Names): DocketRow {
  const { docket, person, now, seats, model } = seen
  const head = mayRead(docket, person, 'head', now)
  const { window, planned } = docket
  const opens = window?.openedAt ?? window?.agreedAt ?? null
  const step = nextStep(docket)
  const ends = window?.closed?.at ?? window?.endsAt ?? null
  return {
    id: docket.id,
    kind: docket.kind,
    label: KINDS[docket.kind].label,
    state: docket.state,
    withdrawn: docket.withdrawnAt !== null,
    model: head && model !== '' ? model : null,
    developer: names.organisations.get(docket.developer) ?? docket.developer,
    office: names.organisations.get(docket.office) ?? docket.office,
    openedAt: formatInstant(docket.openedAt),
    opensAt: head ? whenOrNull(opens) : null,
    endsAt: head ? whenOrNull(ends) : null,
    zone: head ? (planned?.zone ?? null) : null,
    leftMs: head ? (timeLeft(docket, now)?.milliseconds ?? null) : null,
    whoseMove: head ? step.whose : seats.length > 0 ? 'nobody' : 'office',
    next: head ? step.say : seats.length > 0 ? '' : 'An officer of the office takes a seat.',
    seats: [...seats],
  }
}

/** An instant as text, or null. */
export function whenOrNull(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : formatInstant(instant(at))
}
