import { accept, type Decision } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import { DAY, type Instant } from '../kernel/instant.ts'
import { isPlain } from './plain-text.ts'
import { no, type ScanRefusal } from './scan-refusal.ts'

/** When a project bears scans: days of the week (ISO 8601: 1 is Monday) and a span of the day in UTC, in minutes after midnight. */
export interface ScanTimes {
  readonly days: readonly number[]
  readonly fromMinute: number
  /** May lie before `fromMinute`: then the span goes over midnight. */
  readonly toMinute: number
}

export type OptOutSays =
  | { readonly kind: 'no-scans' }
  | { readonly kind: 'with-consent' }
  | { readonly kind: 'only-at-times'; readonly times: ScanTimes }

/** Where and when the project said so. */
export interface Stated {
  readonly source: string
  readonly on: Instant
}

/** Who entered it: today a coordinator with a source; a maintainer who proved to be one comes in by the same door later. */
export type EnteredBy =
  | { readonly as: 'coordinator'; readonly person: Id<'person'> }
  | { readonly as: 'proved-maintainer'; readonly person: Id<'person'>; readonly project: Id<'project'> }

/** What a project says about being scanned. Public from the moment it is entered until it is withdrawn. */
export interface OptOut {
  readonly id: Id<'opt-out'>
  readonly version: number
  readonly name: string
  readonly says: OptOutSays
  readonly stated: Stated
  readonly enteredBy: EnteredBy
  readonly enteredAt: Instant
  readonly endedAt: Instant | null
}

export type OptOutEvent =
  | { readonly type: 'opt-out-stated'; readonly at: Instant; readonly optOut: OptOut }
  | { readonly type: 'opt-out-withdrawn'; readonly at: Instant; readonly optOut: Id<'opt-out'>; readonly by: EnteredBy }

/** Enters what a project says; the source is a text, never fetched. */
export function stateOptOut(
  wanted: Pick<OptOut, 'id' | 'name' | 'says' | 'stated' | 'enteredBy'>,
  now: Instant,
): Decision<OptOutEvent, ScanRefusal> {
  const { says, stated } = wanted
  if (!isStated(stated, now)) return no('notice.source')
  if (says.kind === 'only-at-times' && !areTimes(says.times)) return no('notice.times')
  return accept({
    type: 'opt-out-stated' as const,
    at: now,
    optOut: { ...wanted, version: 1, enteredAt: now, endedAt: null },
  })
}

/** The project takes it back. */
export function withdrawOptOut(optOut: OptOut, by: EnteredBy, now: Instant): Decision<OptOutEvent, ScanRefusal> {
  if (optOut.endedAt !== null) return no('notice.ended')
  return accept({ type: 'opt-out-withdrawn' as const, at: now, optOut: optOut.id, by })
}

export function evolveOptOut(optOut: OptOut | null, event: OptOutEvent): OptOut {
  if (event.type === 'opt-out-stated') return event.optOut
  if (optOut === null || optOut.id !== event.optOut) throw new Error(`${event.type} applied to ${optOut?.id ?? 'nothing'}`)
  return { ...optOut, version: optOut.version + 1, endedAt: event.at }
}

/** Whether a source is plain and its day not in the future: a day of grace, for who reads it east of UTC. */
export function isStated({ source, on }: Stated, now: Instant): boolean {
  return isPlain(source, 500) && on <= now + DAY
}

function areTimes({ days, fromMinute, toMinute }: ScanTimes): boolean {
  const minute = (n: number) => Number.isInteger(n) && n >= 0 && n < 24 * 60
  const week = days.length >= 1 && new Set(days).size === days.length
  return (
    week &&
    days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) &&
    minute(fromMinute) &&
    minute(toMinute) &&
    fromMinute !== toMinute
  )
}

const MINUTE = 60_000

/** Whether a project that bears scans at these times bears one now. A span over midnight belongs to the day it begins on. */
export function isScanTime({ days, fromMinute, toMinute }: ScanTimes, now: Instant): boolean {
  const dayNumber = Math.floor(now / DAY)
  const minute = Math.floor((now - dayNumber * DAY) / MINUTE)
  // 1970-01-01 was a Thursday.
  const weekday = (n: number) => ((((n + 3) % 7) + 7) % 7) + 1
  const begun = days.includes(weekday(dayNumber)) && minute >= fromMinute
  if (fromMinute < toMinute) return begun && minute < toMinute
  return begun || (days.includes(weekday(dayNumber - 1)) && minute < toMinute)
}
