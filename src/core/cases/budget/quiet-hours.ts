import { DAY, type Instant, instant, MINUTE } from '../../kernel/instant.ts'
import type { QuietHours } from '../terms/project-terms.ts'

/** Minutes east of UTC of an IANA zone at an instant; null where the zone is not known. Passed in: zones are data of the host. */
export type OffsetAt = (zone: string, at: Instant) => number | null

const MINUTES = 1440

/** Whether it is quiet at that instant. In a zone that is not known nobody can tell, so the wall clock of UTC counts. */
export function isQuiet(quiet: QuietHours, at: Instant, offsetAt: OffsetAt): boolean {
  const from = minutesOf(quiet.from)
  const to = minutesOf(quiet.to)
  const wall = wallMinutes(quiet.zone, at, offsetAt)
  return from <= to ? from <= wall && wall < to : wall >= from || wall < to
}

/**
 * The first instant from `at` on, to the minute, that is not quiet: `at` itself where it is none. Where clocks are set forward over
 * the end, it ends with the jump; where they are set back into it, it begins again.
 */
export function quietUntil(quiet: QuietHours, at: Instant, offsetAt: OffsetAt): Instant {
  let since = at
  // One round is enough without a change of clocks, two with one.
  for (let round = 0; round < 4 && isQuiet(quiet, since, offsetAt); round++) {
    const wait = (minutesOf(quiet.to) - wallMinutes(quiet.zone, since, offsetAt) + MINUTES) % MINUTES
    const end = instant(Math.floor(since / MINUTE) * MINUTE + wait * MINUTE)
    since = changeOfClocks(quiet.zone, since, end, offsetAt) ?? end
  }
  return since
}

/** The first minute after `from` and up to `to` with the offset of `to`, where that is another; within a day clocks change once. */
function changeOfClocks(zone: string, from: Instant, to: Instant, offsetAt: OffsetAt): Instant | null {
  const offset = offsetAt(zone, from)
  if (offsetAt(zone, to) === offset) return null
  let low = Math.floor(from / MINUTE)
  let high = Math.floor(to / MINUTE)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (offsetAt(zone, instant(middle * MINUTE)) === offset) low = middle
    else high = middle
  }
  return instant(high * MINUTE)
}

function wallMinutes(zone: string, at: Instant, offsetAt: OffsetAt): number {
  const wall = (((at + (offsetAt(zone, at) ?? 0) * MINUTE) % DAY) + DAY) % DAY
  return Math.floor(wall / MINUTE)
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
