import type { DutyList, DutyOut } from '../../../contract/shapes/duty.ts'
import { CALENDAR_RULE, countedDue } from '../../../core/duties/due.ts'
import { compareDuties, type DutyView, tallyDuties } from '../../../core/duties/duty-view.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'

/** The day of an instant in UTC, `2026-07-02`. */
export function dayOf(at: Instant): string {
  return formatInstant(at).slice(0, 10)
}

/** A duty at the door. `key`: by what its organisation changes it; null for a public one. */
export function dutyOut({ duty, track, due, ...said }: DutyView, key: string | null): DutyOut {
  const { instrument, report, dispute } = { ...track, ...duty }
  return {
    id: duty.id,
    key,
    version: track.version,
    instrument: { id: instrument.id, name: instrument.name, source: instrument.source, from: dayOf(instrument.from) },
    section: duty.section,
    who: duty.who,
    with: [...duty.with],
    what: duty.what,
    due: {
      at: due === null ? null : formatInstant(due.at),
      on: due === null ? null : dayOf(due.at),
      counted: countedDue(duty),
    },
    mark: duty.mark,
    caveat: duty.caveat,
    known: duty.known.map(({ day, what, mark }) => ({ on: dayOf(day), what, mark })),
    unknown: [...duty.unknown],
    status: said.status,
    overdue: said.overdue,
    daysLate: said.daysLate,
    report: report && { doneOn: dayOf(report.doneAt), at: formatInstant(report.at), evidence: [...report.evidence] },
    dispute: dispute && { reason: dispute.reason, at: formatInstant(dispute.at), evidence: [...dispute.evidence] },
    answered: track.answered.map(({ stands, reason, at }) => ({ stands, reason, at: formatInstant(at) })),
    notes: track.notes.map(({ text, mark, at }) => ({ text, mark, at: formatInstant(at) })),
  }
}

/** Duties in the tracker's order with their counts. */
export function dutyList(views: readonly { readonly view: DutyView; readonly key: string | null }[], now: Instant): DutyList {
  return {
    asOf: formatInstant(now),
    calendar: CALENDAR_RULE,
    counts: tallyDuties(views.map(({ view }) => view)),
    rows: views.toSorted((a, b) => compareDuties(a.view, b.view)).map(({ view, key }) => dutyOut(view, key)),
  }
}
