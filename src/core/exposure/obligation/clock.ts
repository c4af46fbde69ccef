import { DAY, type Instant, instant } from '../../kernel/instant.ts'
import type { Directive } from '../directives/directive.ts'
import type { Facts } from './facts.ts'
import { listedIn } from './signals.ts'

/** What started a clock, and when. */
export interface Start {
  readonly at: Instant
  readonly because: 'kev-added' | 'identified'
}

/**
 * When the clock started: the earlier of the listing in KEV and the identification on an asset (BOD 26-04, Appendix A); null where
 * the flaw has not been identified, as nothing is due of what nobody has. A policy may count from identification alone.
 */
export function startOf(directive: Directive, facts: Facts): Start | null {
  const { identified } = facts
  if (identified === null) return null
  const added = directive.starts === 'first-event' ? (listedIn(facts.signals)?.added ?? null) : null
  return added !== null && added < identified ? { at: added, because: 'kev-added' } : { at: identified, because: 'identified' }
}

// Beyond this a calendar cannot go; hostile dates are held there instead of thrown at.
const LAST = 8_640_000_000_000_000

/**
 * The due instant of `days` calendar days after `from`: the end of that day in UTC, 23:59:59.999. The day of the start is not
 * counted, as in KEV itself, whose dates are days without a time (`dateAdded` plus the days is `dueDate`).
 */
export function dueAfter(from: Instant, days: number): Instant {
  return endOfDay(Math.floor(from / DAY) + days)
}

/** The end of the day in UTC on which an instant lies. */
export function endOfThatDay(at: Instant): Instant {
  return endOfDay(Math.floor(at / DAY))
}

function endOfDay(day: number): Instant {
  return instant(Math.min((day + 1) * DAY - 1, LAST))
}
