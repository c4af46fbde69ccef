import { DAY, type Instant, instant } from '../kernel/instant.ts'
import type { Docket, Planned } from './docket.ts'
import type { AccessPolicy } from './policy.ts'

// A day is 24 hours: neither a change to summer time nor a leap day lengthens or shortens a window.

interface Span {
  readonly opensAt: Instant
  /** Of the terms: whole days. */
  readonly days: number
  /** Milliseconds of down time granted. */
  readonly granted: number
  readonly planned: Planned | null
}

/**
 * When an access window ends: the earliest of opening + days + granted down time, opening + the policy's maximum, and the planned
 * release to other trusted partners (order 14409, section 3(b)(ii)). Never before its opening.
 */
export function windowEnd({ opensAt, days, granted, planned }: Span, policy: AccessPolicy): Instant {
  const asked = opensAt + days * DAY + granted
  const end = Math.min(asked, latestEnd(opensAt, policy), planned?.at ?? Number.POSITIVE_INFINITY)
  return instant(Math.max(opensAt, end))
}

/** The last instant to which any window opened then can last under the policy, whatever is granted. */
export function latestEnd(opensAt: Instant, policy: AccessPolicy): Instant {
  return instant(opensAt + policy.maxDays * DAY)
}

/** Milliseconds of access left, never below 0, with the instant of the end; null while no window is open. */
export function timeLeft(docket: Docket, now: Instant): { readonly milliseconds: number; readonly endsAt: Instant } | null {
  const { state, window } = docket
  if (state !== 'window-open' || window === null || window.endsAt === null) return null
  return { milliseconds: Math.max(0, window.endsAt - now), endsAt: window.endsAt }
}

/** Milliseconds that the endpoint was down within the window and that nobody granted yet. */
export function ungranted(docket: Docket, now: Instant): number {
  const upTo = Math.min(now, docket.window?.endsAt ?? now)
  return docket.downtime.reduce((sum, { from, to, granted }) => sum + Math.max(0, (to ?? upTo) - from - granted), 0)
}
