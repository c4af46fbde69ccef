import { DAY, type Deadline, type Instant, instant } from '../kernel/instant.ts'
import type { Duty } from './duty.ts'

/** How dates of duties come about; shown beside every one. */
export const CALENDAR_RULE =
  'Calendar days after the day of signing or issue, which is not counted; due at the end of the last day, in UTC.'

/** When a duty is due; null for a standing one. What is due at once is due on the day itself. */
export function dutyDue({ instrument, due, section }: Pick<Duty, 'instrument' | 'due' | 'section'>): Deadline | null {
  const rule = (text: string) => `${instrument.id}/${section}: ${text}`
  switch (due.kind) {
    case 'days':
      return { at: endOf(instrument.from, due.days), zone: 'UTC', rule: rule(`${due.days} days`) }
    case 'on':
      return { at: endOf(due.day, 0), zone: 'UTC', rule: rule('date stated') }
    case 'at-once':
      return { at: endOf(instrument.from, 0), zone: 'UTC', rule: rule('at once') }
    case 'standing':
      return null
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** How the date of a duty comes about, in words for people: `30 days after 2 Jun 2026`. */
export function countedDue({ instrument, due }: Pick<Duty, 'instrument' | 'due'>): string {
  const day = new Date(instrument.from)
  const from = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`
  switch (due.kind) {
    case 'days':
      return `${due.days} days after ${from}`
    case 'on':
      return 'the date that is stated'
    case 'at-once':
      return `at once, on ${from}`
    case 'standing':
      return 'without an end'
  }
}

/** The end of the day that lies `days` after the day of `from`, in UTC. */
function endOf(from: Instant, days: number): Instant {
  return instant(Math.min((Math.floor(from / DAY) + days + 1) * DAY - 1, 8_640_000_000_000_000))
}

/** Whole days from a deadline to `at`; 0 while it has not passed. */
export function daysLate(deadline: Deadline, at: Instant): number {
  return at <= deadline.at ? 0 : Math.ceil((at - deadline.at) / DAY)
}
