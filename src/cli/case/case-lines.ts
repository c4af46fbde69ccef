import { count, type Loose, list, object, text, texts } from '../http/read.ts'
import { columns, wrap } from '../text/columns.ts'
import { utc } from '../text/figures.ts'
import { inert } from '../text/inert.ts'

const said = (value: unknown, longest = 100) => inert(text(value) ?? '', longest)
const when = (value: unknown) => utc(text(value) ?? '') ?? '-'

/** Cases as a table. */
export function caseListLines(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => [
    said(row['id'], 40),
    said(row['whoseMove'], 12),
    said(row['embargo'], 10),
    when(row['endsAt']),
    said(row['title']) || (row['reads'] === 'invitation' ? '(you are invited)' : '-'),
  ])
  const head = ['ID', 'MOVE', 'EMBARGO', 'ENDS', 'TITLE']
  return columns([head, ...cells], [{}, {}, {}, {}, { most: 48 }])
}

/** One case in a few lines. */
export function caseLines(view: Loose): string[] {
  const row = object(view['row'])
  const embargo = object(view['embargo'])
  const terms = object(embargo['terms'])
  const open = list(embargo['open']).map(object)
  const flaws = list(view['flaws']).map(object)
  const parties = list(view['parties']).map(object)
  const acts = texts(view['may']).map((one) => inert(one, 30))
  const block = (name: string, value: string) =>
    wrap(value, 68).map((line, n) => `${n === 0 ? name.padEnd(11) : ' '.repeat(11)}${line}`)
  return [
    `CASE       ${said(row['id'], 40)}   ${said(row['state'], 10)}`,
    ...flaws.map((flaw) => `flaw       ${said(flaw['id'], 40)}   ${said(flaw['title'], 60)}`),
    `embargo    ${said(embargo['state'], 10)}${terms['endsAt'] ? `, ends ${when(terms['endsAt'])}` : ''}`,
    ...open.map(
      (one) =>
        `proposed   ${count(one['number'])}: ${one['endsAt'] === null ? 'without an end' : `until ${when(one['endsAt'])}`}`,
    ),
    ...parties.map(
      (one) => `party      ${said(one['name'], 40) || 'a participant'}, ${said(one['kind'], 12)}, ${said(one['consent'], 12)}`,
    ),
    ...(count(view['hidden']) > 0 ? [`           and ${count(view['hidden'])} who hide`] : []),
    ...block('next', said(row['next'], 300) || '-'),
    ...block('you may', acts.join(', ') || 'nothing'),
  ]
}

/** Messages and files, the oldest first. */
export function casePaperLines(rows: readonly Loose[]): string[] {
  return rows.flatMap((row) => [
    `${when(row['at'])}  ${said(row['by'], 40) || 'Weir'}  ${said(row['kind'], 12)} ${said(row['id'], 40)}`,
    ...wrap(said(row['text'] ?? row['title'], 20_000), 76).map((line) => `  ${line}`),
  ])
}
