import { DAY, HOUR, type Instant, instant, MINUTE } from '../../../core/kernel/instant.ts'

const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR]
const UNREACHABLE = 15 * MINUTE
const MOST = 5 * DAY

/** When a letter that the server put off is tried again; null once it was put off for five days (RFC 5321 §4.5.4.1). */
export function retryAt(now: Instant, attempts: number, putOffSince: Instant | null): Instant | null {
  if (putOffSince !== null && now - putOffSince >= MOST) return null
  return instant(now + (STEPS[Math.min(attempts, STEPS.length - 1)] ?? HOUR))
}

/** When a letter is tried again that no server was reached for: soon, and without end, for it is not the letter's fault. */
export function reachAt(now: Instant, attempts: number): Instant {
  return instant(now + Math.min(UNREACHABLE, STEPS[Math.min(attempts, STEPS.length - 1)] ?? UNREACHABLE))
}
