import { countedDue } from '../../core/duties/due.ts'
import type { DutyView } from '../../core/duties/duty-view.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import { csvCell } from '../csv-cell.ts'

const HEAD = [
  ...['id', 'instrument', 'section', 'who', 'with', 'what', 'due', 'counted', 'status', 'overdue', 'days_late', 'done_on'],
  ...['evidence', 'dispute', 'source', 'mark', 'caveat', 'known', 'unknown'],
]

/** Duties as a table (RFC 4180), a line each, in the order given. */
export function dutyCsv(views: readonly DutyView[]): string {
  const lines = views.map(({ duty, track, due, status, overdue, daysLate }) => [
    ...[duty.id, duty.instrument.name, duty.section, duty.who, duty.with.join('; '), duty.what],
    ...[due === null ? '' : day(due.at), countedDue(duty), status, overdue ? 'yes' : 'no', String(daysLate)],
    track.report === null ? '' : day(track.report.doneAt),
    (track.report?.evidence ?? [])
      .map(({ title, address, mark }) => `${title}${address ? ` <${address}>` : ''} (${mark})`)
      .join('; '),
    track.dispute?.reason ?? '',
    ...[duty.instrument.source, duty.mark, duty.caveat ?? ''],
    duty.known.map((one) => `${day(one.day)} ${one.what} (${one.mark})`).join(' '),
    duty.unknown.join(' '),
  ])
  return `${[HEAD, ...lines].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

const day = (at: Instant): string => formatInstant(at).slice(0, 10)
