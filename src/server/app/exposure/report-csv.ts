import type { ExposureReport, StatementOut } from '../../../contract/shapes/exposure.ts'
import { csvCell } from '../../../formats/csv-cell.ts'

const HEAD = [
  ...['obligation', 'flaw', 'aliases', 'component', 'version', 'directive', 'row', 'tier', 'outcome', 'analogy', 'inputs'],
  ...['opened', 'due', 'standing', 'until', 'late', 'assets', 'assets_done', 'evidence', 'triage', 'history'],
  ...['assets_not_affected', 'statements'],
]

/** A report as a table (RFC 4180), a line an obligation. What was assumed is marked with a star, what is no compliance with why. */
export function reportCsv({ rows }: ExposureReport): string {
  const lines = rows.map((row) => [
    ...[row.id, row.flaw, row.aliases.join(' '), row.component, row.version, row.directive, String(row.row ?? ''), row.tier],
    ...[row.outcome, row.analogy ?? ''],
    row.inputs
      .map(
        ({ input, value, source, at, assumed }) =>
          `${input}=${value}${assumed === null ? '' : '*'} (${source}${at === null ? '' : `, ${at}`})`,
      )
      .join('; '),
    ...[row.openedAt, row.due ?? '', row.standing, row.until ?? '', row.late ? 'yes' : 'no'],
    row.assets.map(({ asset }) => asset).join('; '),
    String(row.assets.filter(({ done, held }) => done && !held).length),
    row.evidence.map(({ at, how, says }) => `${at} ${how}: ${says}`).join('; '),
    row.triage
      .map(({ step, due, doneAt }) => `${step} due ${due}, ${doneAt === null ? 'not done' : `done ${doneAt}`}`)
      .join('; '),
    row.history.map(({ at, due, outcome, because }) => `${at} was ${due ?? 'no date'} (${outcome}): ${because}`).join('; '),
    String(row.assets.filter(({ held }) => held).length),
    row.statements.map(statementSays).join('; '),
  ])
  return csvText([HEAD, ...lines])
}

/** Rows of cells as a table (RFC 4180), the head among them. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return `${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

function statementSays({ status, author, document, at, justification, detail, assets, by }: StatementOut): string {
  const who = by === null ? author : `${author} (${by})`
  const where = [document, at].filter((one) => one !== null && one !== '').join(', ')
  const on = assets.length === 0 ? '' : ` on ${assets.join(', ')}`
  return `${status}${on}: ${who}${where === '' ? '' : ` (${where})`}: ${[justification, detail].filter(Boolean).join(', ')}`
}
