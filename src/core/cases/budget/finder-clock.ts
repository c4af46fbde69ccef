import { DAY, type Instant, instant } from '../../kernel/instant.ts'

/** From when the days of a finder's disclosure policy count. */
export type CountsFrom = 'receipt' | 'sending'

export interface FinderFacts {
  readonly receivedAt: Instant
  readonly sentAt: Instant | null
  /** The case's expected sending, `expected().likely` or else `.earliest`. */
  readonly expectedAt: Instant | null
  /** Days of 24 hours of the policy the finder stated; null where the finder stated none. */
  readonly days: number | null
  readonly countsFrom: CountsFrom
}

export interface FinderClock {
  /** Milliseconds since receipt in which the maintainer has not been told; stops with the sending. */
  readonly waited: number
  /** Since when the finder's days count; null while they have not begun. */
  readonly begunAt: Instant | null
  readonly endsAt: Instant | null
  /** The end if the case goes when expected; only while the days have not begun. */
  readonly endsIfSentAt: Instant | null
  /** The days end before the case is expected to have gone: the maintainer would learn of it from the public. */
  readonly endsBeforeSending: boolean
  readonly says: string
}

/** What waiting does to the finder's own days, in the open for finder and maintainer: holding a case never lengthens them unsaid. */
export function finderClock(facts: FinderFacts, now: Instant): FinderClock {
  const { receivedAt, sentAt, expectedAt, days, countsFrom } = facts
  const waited = Math.max(0, (sentAt ?? now) - receivedAt)
  const begunAt = days === null ? null : countsFrom === 'receipt' ? receivedAt : sentAt
  const end = (from: Instant | null) => (from === null || days === null ? null : instant(from + days * DAY))
  const endsAt = end(begunAt)
  const endsIfSentAt = begunAt === null && sentAt === null ? end(expectedAt) : null
  const endsBeforeSending = sentAt === null && endsAt !== null && (expectedAt === null || endsAt <= expectedAt)
  return { waited, begunAt, endsAt, endsIfSentAt, endsBeforeSending, says: say(facts, begunAt, endsBeforeSending) }
}

function say({ days, countsFrom, sentAt }: FinderFacts, begunAt: Instant | null, endsBeforeSending: boolean): string {
  if (days === null) return 'The finder has stated no time of their own.'
  if (begunAt === null) return `The finder’s ${days} days begin when the maintainer is told, and have not begun.`
  if (endsBeforeSending)
    return `The finder’s ${days} days run from receipt and end before the maintainer is expected to be told; a coordinator decides.`
  const from = countsFrom === 'receipt' ? 'receipt' : 'the telling of the maintainer'
  return `The finder’s ${days} days run from ${from}${sentAt === null ? ', also while the case waits' : ''}.`
}
