import { DAY, HOUR, type Instant, instant, MINUTE, SECOND } from '../../../core/kernel/instant.ts'

const STEPS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR]

/** When a delivery is tried again after its `attempts`-th failure; null once three days are over since its first attempt. */
export function nextAttempt(now: Instant, attempts: number, firstTriedAt: Instant | null): Instant | null {
  if (firstTriedAt !== null && now - firstTriedAt >= 3 * DAY) return null
  return instant(now + (STEPS[Math.min(attempts, STEPS.length - 1)] ?? HOUR))
}
