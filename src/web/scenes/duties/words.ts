import type { DutyAct, DutyList, DutyOut } from '../../../contract/shapes/duty.ts'
import { count } from '../../parts/time/format.ts'

export type Mark = DutyOut['mark']

/** How sure a statement is, in words. */
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  C: 'the text, or two sources',
  S: 'one source',
  X: 'sources disagree',
  U: 'not found',
}

export const STATUS_WORDS: Readonly<Record<DutyOut['status'], string>> = {
  'not-reported': 'Not reported here',
  'reported-done': 'Reported done',
  disputed: 'Disputed',
}

/** `142 d late`; null where nothing is. */
export function lateWords({ overdue, daysLate }: Pick<DutyOut, 'overdue' | 'daysLate'>): string | null {
  if (daysLate === 0) return null
  return overdue ? `${count(daysLate)} d late` : `done ${count(daysLate)} d late`
}

/** The one sentence of the page. */
export function headline({ counts: { duties, overdue, standing } }: DutyList): string {
  const dated = duties - standing
  if (dated === 0) return 'No duty has a date'
  return overdue === 0
    ? `None of ${count(dated)} dates has passed without a report`
    : `Of ${count(dated)} dates, ${count(overdue)} have passed with no report here`
}

export const ACT_WORDS: Readonly<Record<DutyAct['do'], string>> = {
  'report-done': 'Report it as done',
  'take-back': 'Take the report back',
  dispute: 'Dispute the report',
  'answer-dispute': 'Answer the dispute',
  note: 'Add a note',
}

/** What can be said of a duty as it stands now. */
export function actsOf({ status, due }: DutyOut): readonly DutyAct['do'][] {
  switch (status) {
    case 'not-reported':
      return due.on === null ? ['note'] : ['report-done', 'note']
    case 'reported-done':
      return ['dispute', 'take-back', 'note']
    case 'disputed':
      return ['answer-dispute', 'take-back', 'note']
  }
}

const EVENT_WORDS: Readonly<Record<string, string>> = {
  'duty-reported': 'Reported as done',
  'report-taken-back': 'Report taken back',
  'report-disputed': 'Report disputed',
  'dispute-answered': 'Dispute answered',
  'duty-noted': 'Noted',
}

/** An entry of the history in words. */
export const eventWords = (type: string): string => EVENT_WORDS[type] ?? type

/** What stands before the comma of an instrument's name. */
export const shortName = (name: string): string => name.split(',')[0] ?? name

const DAY = 86_400_000
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** `2 Jul 2026`; the text itself where it is no day. */
export function dayWords(on: string): string {
  const at = Date.parse(`${on}T00:00:00Z`)
  return Number.isNaN(at) ? on : DATE.format(at)
}

/** The stretch of time that a gauge of duties shows: all dates and now, at most 400 days; null where no duty has a date. */
export function stretchOf(rows: readonly DutyOut[], now: number): { readonly from: number; readonly to: number } | null {
  const dates = rows.flatMap(({ due }) => (due.at === null ? [] : [Date.parse(due.at)])).filter((at) => !Number.isNaN(at))
  if (dates.length === 0) return null
  const [first, last] = [Math.min(now, ...dates), Math.max(now, ...dates)]
  const from = Math.max(first - 10 * DAY, now - 250 * DAY)
  return { from, to: Math.min(last + 14 * DAY, from + 400 * DAY) }
}
