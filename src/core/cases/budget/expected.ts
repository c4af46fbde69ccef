import { type Instant, instant } from '../../kernel/instant.ts'
import { type Budget, type Sendings, WEEK } from './budget.ts'
import { clearAt } from './may-go.ts'
import type { OffsetAt } from './quiet-hours.ts'

export interface Expected {
  /** No earlier than this, if every open case were closed in time and nothing more urgent came; null where nothing goes. */
  readonly earliest: Instant | null
  /** With the time that the maintainer's last cases stayed open; null where nothing is known of it, or nothing goes. */
  readonly likely: Instant | null
  readonly says: string
}

const SAYS = {
  nothing: 'The maintainer takes no cases at present, so there is no date.',
  room: 'The date counts on nothing more urgent coming.',
  unknown: 'No case of this maintainer has been closed yet, so only the earliest date is known.',
  measured:
    'The likely date counts on the median time the maintainer’s last cases stayed open, and on nothing more urgent coming.',
} as const

// No calendar of a person reaches further; it also keeps sums within what an instant can be.
const HORIZON = 50 * 365 * 24 * 3_600_000

/** When the case at that position (from 1) is expected to go. Its cost grows with the week's number, not with the position. */
export function expected(position: number, budget: Budget, sent: Sendings, now: Instant, offsetAt: OffsetAt): Expected {
  const { openAtOnce, perWeek, pausedUntil } = budget
  if (pausedUntil === 'further-notice' || perWeek <= 0 || openAtOnce <= 0)
    return { earliest: null, likely: null, says: SAYS.nothing }
  const start = Math.max(now, pausedUntil ?? now)
  const earliest = byWeek(position, perWeek, sent.sentAt, start)
  const free = openAtOnce - sent.open
  if (position <= free) return dates(budget, earliest, earliest, offsetAt, SAYS.room)
  const median = medianOf(sent.openFor)
  if (median === null) return { ...dates(budget, earliest, earliest, offsetAt, SAYS.unknown), likely: null }
  // The cases that are open now are closed one after the other over one median, evenly: nothing is known of their ages.
  const closings = Math.max(1, position - free)
  const likely = Math.max(earliest, start + (closings / openAtOnce) * median)
  return dates(budget, earliest, likely, offsetAt, SAYS.measured)
}

/** When the week's number alone lets the n-th from now go: after the first few, the pattern repeats every seven days. */
function byWeek(n: number, perWeek: number, sentAt: readonly Instant[], start: number): number {
  const recent = sentAt.filter((at) => at > start - WEEK).sort((a, b) => a - b)
  const within = (n - 1) % perWeek
  const weeks = Math.floor((n - 1) / perWeek)
  // The k-th of the first week waits until the sending `perWeek` places before it is seven days old.
  const blocking = recent[recent.length + within - perWeek]
  return Math.max(start, blocking === undefined ? start : blocking + WEEK) + weeks * WEEK
}

function dates(budget: Budget, earliest: number, likely: number, offsetAt: OffsetAt, says: string): Expected {
  const at = (ms: number) =>
    clearAt(budget, instant(Math.min(Math.ceil(ms), Math.ceil(earliest) + HORIZON, 8_000_000_000_000_000)), offsetAt)
  return { earliest: at(earliest), likely: at(likely), says }
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
