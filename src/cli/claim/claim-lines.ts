import { type Loose, list, object, text } from '../http/read.ts'
import { columns } from '../text/columns.ts'
import { utc } from '../text/figures.ts'
import { inert } from '../text/inert.ts'

/** What a claim is about, in one line: target, range, path, weakness class. */
export function claimed(row: Loose): string {
  const [from, to] = [text(row['from']), text(row['to'])]
  const range = from === null && to === null ? null : from === to ? from : `${from ?? ''}..${to ?? ''}`
  const parts = [text(row['target']) ?? '', range, text(row['path']), text(row['weakness'])]
  return parts.flatMap((part) => (part === null ? [] : [inert(part, 120)])).join('  ')
}

/** How many other organisations a claim overlaps. */
export function overlapCount(row: Loose): number {
  return list(row['overlaps']).length
}

/** Whom to ask about the overlaps of a claim: a line for each organisation, nothing of what it scans. */
export function overlapLines(row: Loose): string[] {
  return list(row['overlaps']).map((one) => {
    const { contact, reach } = object(one)
    const words = text(reach)
    return `overlaps   ${inert(text(contact) ?? '', 40)}${words === null ? '' : `  ${inert(words, 200)}`}`
  })
}

/** What the project says about scans, in a line for each. */
export function conditionLines(row: Loose): string[] {
  return list(row['conditions']).map((one) => {
    const { kind, times } = object(one)
    if (kind === 'with-consent') return 'project    wants to be asked before it is scanned'
    if (kind !== 'only-at-times') return 'project    wants no scans'
    const { days, fromMinute, toMinute } = object(times)
    const names = list(days).flatMap((day) => DAYS[Number(day) - 1] ?? [])
    return `project    bears scans on ${names.join(' ')} from ${clock(fromMinute)} to ${clock(toMinute)} UTC`
  })
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function clock(minute: unknown): string {
  const n = Number(minute)
  if (!Number.isInteger(n) || n < 0 || n > 1439) return '?'
  return `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
}

/** Claims as a table, for people. */
export function claimTable(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => [
    inert(text(row['id']) ?? '', 40),
    inert(text(row['state']) ?? '', 20),
    utc(text(row['endsAt']) ?? '')?.replace(/, \d.*$/, '') ?? '',
    String(overlapCount(row)),
    claimed(row),
  ])
  return columns([['ID', 'STATE', 'UNTIL', 'OVERLAPS', 'TARGET'], ...cells], [{}, {}, {}, { right: true }, { most: 60 }])
}
