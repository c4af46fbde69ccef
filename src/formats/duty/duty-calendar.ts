import { countedDue } from '../../core/duties/due.ts'
import type { DutyView } from '../../core/duties/duty-view.ts'
import { DAY, formatInstant, type Instant, instant } from '../../core/kernel/instant.ts'

const STATUS = { 'not-reported': 'not reported', 'reported-done': 'reported done', disputed: 'disputed' } as const

/** The dates of duties as an iCalendar of whole days (RFC 5545); standing duties have none. `host`: whose names the entries have. */
export function dutyCalendar(views: readonly DutyView[], host: string, now: Instant): string {
  const stamp = `DTSTAMP:${formatInstant(now).replaceAll(/[-:]|\.\d+/g, '')}`
  const events = views.flatMap(({ duty, due, status, overdue, daysLate }) => {
    if (due === null) return []
    const late = overdue ? `, ${daysLate} d past its date` : ''
    const says = [
      duty.what,
      `Counted: ${countedDue(duty)}.`,
      `Said of it: ${STATUS[status]}${late}.`,
      `Source: ${duty.instrument.source}, section ${duty.section}; mark ${duty.mark}.`,
    ]
    return [
      'BEGIN:VEVENT',
      `UID:${escaped(duty.id)}@${host}`,
      stamp,
      `DTSTART;VALUE=DATE:${date(due.at)}`,
      `DTEND;VALUE=DATE:${date(instant(due.at + DAY))}`,
      `SUMMARY:${escaped(`${duty.id}: ${duty.who}`)}`,
      `DESCRIPTION:${escaped(says.join('\n'))}`,
      `CATEGORIES:${escaped(duty.instrument.id)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]
  })
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Weir//Duties//EN', 'METHOD:PUBLISH', ...events, 'END:VCALENDAR']
  return `${lines.map(folded).join('\r\n')}\r\n`
}

const date = (at: Instant): string => formatInstant(at).slice(0, 10).replaceAll('-', '')

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (one) => `\\${one}`).replaceAll('\n', '\\n')
}

const MOST_OCTETS = 75

// Section 3.1: at most 75 octets a line, and no character cut in two.
function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const one of line) {
    const size = sizeOf(one)
    if (octets + size > MOST_OCTETS) {
      out += '\r\n '
      octets = 1
    }
    out += one
    octets += size
  }
  return out
}

function sizeOf(character: string): number {
  const point = character.codePointAt(0)!
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}
