// In which order what waits for one maintainer is sent.
import { DAY, type Instant } from '../../kernel/instant.ts'
import { type PriorityWord, priorityRank } from '../../priority/staff.ts'

export interface Waiting {
  readonly id: string
  /** SSVC supplier priority. Waiting never changes it: only a judgement does. */
  readonly priority: PriorityWord
  /** Since when it could have gone. */
  readonly since: Instant
}

/**
 * The head start of each priority, in days; a rule of this program. A case counts as though it had waited so much longer, so within
 * eight weeks of each other the higher priority always goes first, and after a year at most nothing that comes can overtake what
 * waits. Only a finite number of cases can therefore ever go before any one, and since the order does not depend on the clock,
 * a position grows worse only by arrivals.
 */
export const HEAD_START_DAYS: Readonly<Record<PriorityWord, number>> = {
  immediate: 364,
  'out-of-cycle': 182,
  scheduled: 56,
  defer: 0,
}

/** What waits, the first to be sent first. Ties go by priority, then by id. */
export function rank<W extends Waiting>(waiting: readonly W[]): W[] {
  return [...waiting].sort(before)
}

/** Negative where `one` goes before `other`. */
export function before(one: Waiting, other: Waiting): number {
  const byStart = startOf(one) - startOf(other)
  if (byStart !== 0) return byStart
  const byPriority = priorityRank(other.priority) - priorityRank(one.priority)
  return byPriority !== 0 ? byPriority : one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}

/** How many stand before it, plus one; null where it does not wait. */
export function positionOf(id: string, waiting: readonly Waiting[]): number | null {
  const own = waiting.find((one) => one.id === id)
  return own === undefined ? null : 1 + waiting.filter((one) => one !== own && before(one, own) < 0).length
}

function startOf({ since, priority }: Waiting): number {
  return since - HEAD_START_DAYS[priority] * DAY
}
