import { DAY, type Instant } from '../../kernel/instant.ts'
import type { Span } from './contact-ladder.ts'

/** When people work. Dates are those of UTC, since a project's people are seldom in one zone. */
export interface WorkCalendar {
  /** Days of the week without work: 0 Sunday to 6 Saturday. */
  readonly weekend: readonly number[]
  /** `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>
}

export const MONDAY_TO_FRIDAY: WorkCalendar = { weekend: [0, 6], holidays: new Set() }

const LAST = 8_640_000_000_000_000
/** A calendar that never works must not hold anybody for ever: after so many days in a row off, each day counts. */
const LONGEST_REST = 60

/** Whether somebody works on the UTC date of that instant. */
export function isWorkday(at: Instant, { weekend, holidays }: WorkCalendar): boolean {
  const date = new Date(at)
  return !weekend.includes(date.getUTCDay()) && !holidays.has(date.toISOString().slice(0, 10))
}

/**
 * That instant and a span. Working days keep the hour: 5 working days from a Friday at 17:00 UTC end on the next Friday at 17:00,
 * and one from a Saturday on Monday. Never past the last instant there is; a count below 1 adds nothing.
 */
export function addSpan(at: Instant, { count, unit }: Span, calendar: WorkCalendar): Instant {
  if (!(count > 0)) return at
  if (unit === 'days') return Math.min(LAST, at + count * DAY) as Instant
  let day: number = at
  let rest = 0
  for (let left = count; left > 0 && day + DAY <= LAST; ) {
    day += DAY
    const counts = rest >= LONGEST_REST || isWorkday(day as Instant, calendar)
    rest = counts && rest < LONGEST_REST ? 0 : rest + (counts ? 0 : 1)
    if (counts) left--
  }
  return day as Instant
}
