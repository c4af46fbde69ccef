import { termsInForce } from '../../../core/docket/decide-terms.ts'
import type { Docket } from '../../../core/docket/docket.ts'
import { policyOf } from '../../../core/docket/policy.ts'
import { DAY } from '../../../core/kernel/instant.ts'

/** The next instant at which time alone changes something in a docket, epoch milliseconds; null: nothing is awaited. */
export function dueAt(docket: Docket): number | null {
  const { state, window, planned, closing } = docket
  if (state === 'window-open') return window?.endsAt ?? null
  if (state === 'access-ready') {
    const opens = window?.agreedAt ?? null
    if (opens === null || termsInForce(docket)?.facts.opensBy !== 'agreed-instant') return null
    // A release that comes before the opening: the window never opens, and nothing is awaited.
    return planned !== null && planned.at <= opens ? null : opens
  }
  const purgedAt = closing?.purgedAt ?? null
  if (state !== 'closing' || purgedAt === null) return null
  return purgedAt + (policyOf(docket.policy)?.receiptDays ?? 0) * DAY
}
