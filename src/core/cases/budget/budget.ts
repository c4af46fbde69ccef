import { DAY, type Instant, instant, parseInstant } from '../../kernel/instant.ts'
import type { Pace, QuietHours } from '../terms/project-terms.ts'

/** How much of a maintainer's time may be asked for. It counts cases, whatever number of flaws each covers. */
export interface Budget {
  readonly openAtOnce: number
  /** In any seven days. */
  readonly perWeek: number
  readonly quiet: QuietHours | null
  /** `further-notice`: until the maintainer says otherwise. */
  readonly pausedUntil: Instant | 'further-notice' | null
}

/** What has gone to the maintainer so far. */
export interface Sendings {
  /** Cases sent and not closed. */
  readonly open: number
  /** Instants of sending of at least the last seven days, in any order; emergencies count too. */
  readonly sentAt: readonly Instant[]
  /** How long the maintainer's last cases stayed open, in milliseconds, in any order; empty where none was closed. */
  readonly openFor: readonly number[]
}

/** Seven days of 24 hours, rolling: no week begins on a day that lets two portions through at once. */
export const WEEK = 7 * DAY

/** For projects that said nothing: one open case, one a week. */
export const UNKNOWN_BUDGET: Budget = { openAtOnce: 1, perWeek: 1, quiet: null, pausedUntil: null }

/** The budget of a project's stated pace; without one, that of unknown projects. */
export function budgetOf(pace: Pace | null): Budget {
  if (pace === null) return UNKNOWN_BUDGET
  const { pausedUntil } = pace
  return {
    openAtOnce: pace.openAtOnce,
    perWeek: pace.perWeek,
    quiet: pace.quiet,
    // An instant that cannot be read was meant as a pause, so it is one until somebody mends it.
    pausedUntil: pausedUntil === null ? null : (parseInstant(pausedUntil) ?? 'further-notice'),
  }
}

/** The first instant from `now` on at which the week's number leaves room for one more; null where the number is 0. */
export function weekFree(perWeek: number, sentAt: readonly Instant[], now: Instant): Instant | null {
  if (perWeek <= 0) return null
  // Instants after `now`, from a clock that was set back, count too.
  const recent = sentAt.filter((at) => at > now - WEEK).sort((a, b) => a - b)
  return recent.length < perWeek ? now : instant(recent[recent.length - perWeek]! + WEEK)
}
