import type { ItemAnswer } from '../../contract/shapes/report.ts'
import { wrap } from '../text/columns.ts'
import { counted, utc, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { Ink } from '../text/ink.ts'
import type { Summary, Tally } from './tally.ts'

export interface PageOptions {
  readonly tally: Tally
  readonly summary: Summary
  readonly receivedAt: string | null
  /** Without an account a receipt is all that leads back to a report. */
  readonly stranger: boolean
  readonly ink: Ink
}

const INDENT = ' '.repeat(11)
const WIDTH = 78

/** What came of it, for a person: receipt, counts, what needs something, what was refused and how to mend it, what is next. */
export function receiptPage({ tally, summary, receivedAt, stranger, ink }: PageOptions): string[] {
  const receipts = tally.receipts.map((receipt) => inert(receipt, 60))
  const more = tally.taken - receipts.length
  const when = receivedAt === null ? null : utc(receivedAt)
  const lines: string[] = []
  for (const [i, receipt] of receipts.entries()) {
    const head = i === 0 ? ink.strong('RECEIPT'.padEnd(11)) : INDENT
    lines.push(`${head}${receipt}${i === 0 && when !== null ? `   ${when}` : ''}`)
  }
  if (receipts.length > 0 && more > 0)
    lines.push(`${INDENT}${ink.dim(`and ${whole(more)} more: --receipts FILE keeps them all`)}`)
  if (receipts.length > 0) lines.push(`ledger     prove it: weir report prove ${receipts[0]}`, '')
  lines.push(...countLines(summary, ink))
  if (tally.needs.length > 0)
    lines.push(
      '',
      ink.strong('NEED SOMETHING'),
      ...tally.needs.flatMap(needLines),
      ...rest(summary.needsInfo - tally.needs.length, ink),
    )
  if (tally.refused.length > 0)
    lines.push(
      '',
      ink.strong('REFUSED'),
      ...tally.refused.flatMap(refusedLines),
      ...rest(summary.refused - tally.refused.length, ink),
    )
  if (receipts.length > 0) {
    lines.push('', ink.strong('NEXT'), `  Watch:   weir report show ${receipts[0]}`)
    if (stranger) lines.push('  Sent without an account: keep the receipts, nothing else leads back.')
  }
  const open = summary.needsInfo + summary.refused
  if (open > 0) lines.push('', `exit 1: ${whole(open)} of ${whole(tally.total)} need you`)
  return lines
}

function countLines(summary: Summary, ink: Ink): string[] {
  const flaws = summary.flaws === 0 ? '' : counted(summary.flaws, 'flaw')
  const rows: [number, string, string][] = [
    [summary.accepted, 'accepted', flaws],
    [summary.repeated, 'repeated', 'sent before; the receipts are the same'],
    [summary.merged, 'merged', 'with earlier items of your own'],
    [summary.needsInfo, 'need something', 'kept; see below'],
    [summary.refused, 'refused', 'not kept; reasons below'],
  ]
  const shown = rows.filter(([count, word]) => count > 0 || word === 'accepted')
  return shown.map(([count, word, note]) =>
    `${whole(count).padStart(7)}    ${word.padEnd(16)}${note === '' ? '' : `  ${ink.dim(note)}`}`.trimEnd(),
  )
}

function needLines(item: ItemAnswer): string[] {
  const says = item.needs.flatMap(({ say }) => wrap(inert(say), WIDTH - INDENT.length))
  return [`  ${`#${item.n + 1}`.padEnd(9)}${inert(item.at, 66)}`.trimEnd(), ...says.map((line) => INDENT + line)]
}

function refusedLines(item: ItemAnswer): string[] {
  const { code = '', say = '', where = '', mend = '' } = item.refusal ?? {}
  const at = where || item.at
  const details = [say, ...(at === '' ? [] : [`at ${at}`]), mend].filter((one) => one !== '')
  return [
    `  ${`#${item.n + 1}`.padEnd(9)}${inert(code, 66)}`,
    ...details.flatMap((one) => wrap(inert(one), WIDTH - INDENT.length)).map((line) => INDENT + line),
  ]
}

const rest = (count: number, ink: Ink) => (count > 0 ? [ink.dim(`  ${whole(count)} more: --json lists every one`)] : [])
