import type { Deadline, Instant } from '../kernel/instant.ts'
import { daysLate, dutyDue } from './due.ts'
import type { Duty } from './duty.ts'
import type { Track, TrackStatus } from './track.ts'

/** A duty as the tracker shows it. */
export interface DutyView {
  readonly duty: Duty
  readonly track: Track
  /** Null: standing. */
  readonly due: Deadline | null
  readonly status: TrackStatus
  /** The date has passed, and no report stands. A disputed report does not. */
  readonly overdue: boolean
  /** Days late: until now where it is overdue, until it was done where it was done late; else 0. */
  readonly daysLate: number
}

/** What follows from the date, what was said, and now. */
export function viewDuty(duty: Duty, track: Track, now: Instant): DutyView {
  const due = dutyDue(duty)
  const done = track.status === 'reported-done'
  const until = done && track.report !== null ? track.report.doneAt : now
  const late = due === null ? 0 : daysLate(due, until)
  return { duty, track, due, status: track.status, overdue: !done && late > 0, daysLate: late }
}

/** The tracker's order: what is overdue first, then by date, standing duties last; of one date by id. */
export function compareDuties(a: DutyView, b: DutyView): number {
  if (a.overdue !== b.overdue) return a.overdue ? -1 : 1
  const by = (a.due?.at ?? Number.POSITIVE_INFINITY) - (b.due?.at ?? Number.POSITIVE_INFINITY)
  if (by !== 0 && !Number.isNaN(by)) return by
  return a.duty.id < b.duty.id ? -1 : a.duty.id > b.duty.id ? 1 : 0
}

/** Counts for the head of the tracker. */
export function tallyDuties(
  views: readonly DutyView[],
): Readonly<Record<'duties' | 'overdue' | 'reported' | 'disputed' | 'standing', number>> {
  const count = (is: (view: DutyView) => boolean) => views.filter(is).length
  return {
    duties: views.length,
    overdue: count(({ overdue }) => overdue),
    reported: count(({ status }) => status === 'reported-done'),
    disputed: count(({ status }) => status === 'disputed'),
    standing: count(({ due }) => due === null),
  }
}
