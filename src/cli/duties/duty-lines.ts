import { count, type Loose, list, object, text, texts } from '../http/read.ts'
import { columns, wrap } from '../text/columns.ts'
import { inert } from '../text/inert.ts'

const STATUS = new Map([
  ['not-reported', 'not reported'],
  ['reported-done', 'reported done'],
  ['disputed', 'disputed'],
])
const MARKS = new Map([
  ['C', 'the text itself, or two sources'],
  ['S', 'one source'],
  ['X', 'sources disagree'],
  ['U', 'looked for and not found'],
])
const WIDTH = 80
const LABEL = 10

const said = (value: unknown, most = 300) => inert(text(value) ?? '', most)

const statusOf = (row: Loose) => STATUS.get(text(row['status']) ?? '') ?? 'unknown'

/** How late a duty is, or was done; empty where it is not. */
function late(row: Loose): string {
  const days = count(row['daysLate'])
  return days === 0 ? '' : `${days} d`
}

/** Duties as a table of 80 columns, as the server orders them. */
export function dutyTable(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => [
    said(object(row['due'])['on'], 10) || 'standing',
    late(row),
    statusOf(row),
    said(row['id'], 80),
    said(row['who']),
  ])
  return columns(
    [['DUE', 'LATE', 'SAID OF IT', 'DUTY', 'WHO'], ...cells],
    [{}, { right: true }, {}, { most: 24 }, { most: 20 }],
  )
}

/** One duty in full: who, what, by when and why, source, what was said, what is known and what is not. */
export function dutyLines(row: Loose): string[] {
  const due = object(row['due'])
  const { name, source } = object(row['instrument'])
  const report = object(row['report'])
  const dispute = object(row['dispute'])
  const evidence = [...list(report['evidence']), ...list(dispute['evidence'])].map(object)
  return [
    ...labelled('duty', said(row['id'], 80)),
    ...labelled('what', said(row['what'], 1_000)),
    ...labelled('who', [said(row['who']), ...texts(row['with']).map((one) => `with ${inert(one, 300)}`)].join(', ')),
    ...labelled('due', `${said(due['on'], 10) || 'no date'}: ${said(due['counted'])}`),
    ...labelled('said', late(row) === '' ? statusOf(row) : `${statusOf(row)}, ${late(row)} late`),
    ...labelled('done', said(report['doneOn'], 10)),
    ...evidence.flatMap((one) => labelled('evidence', `${said(one['title'])} ${said(one['address'])} ${marked(one)}`)),
    ...labelled('dispute', said(dispute['reason'], 2_000)),
    ...labelled('source', `${said(name)}. ${said(source)}. Section ${said(row['section'], 80)} ${marked(row)}`),
    ...labelled('caveat', said(row['caveat'], 1_000)),
    ...list(row['known'])
      .map(object)
      .flatMap((one) => labelled('known', `${said(one['on'], 10)} ${said(one['what'], 1_000)} ${marked(one)}`)),
    ...texts(row['unknown']).flatMap((one) => labelled('unknown', inert(one, 300))),
    ...list(row['notes'])
      .map(object)
      .flatMap((one) => labelled('note', `${said(one['at'], 10)} ${said(one['text'], 2_000)} ${marked(one)}`)),
  ]
}

function marked(one: Loose): string {
  const words = MARKS.get(text(one['mark']) ?? '')
  return words === undefined ? '' : `(${words})`
}

function labelled(label: string, words: string): string[] {
  if (words.trim() === '') return []
  const lines = wrap(words.replaceAll(/ {2,}/g, ' ').trim(), WIDTH - LABEL)
  return lines.map((line, n) => `${(n === 0 ? label : '').padEnd(LABEL)}${line}`)
}
