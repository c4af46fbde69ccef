import type { ExposureReport, ReportRow } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { refOf } from '../../../core/exposure/directives/directive.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { inventoriesOf } from '../../store/inventory.ts'
import { obligationsOf } from '../../store/obligation.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { reportRow } from './action-out.ts'
import { namesOfSayers } from './action-statements.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { openInventory } from './inventory-body.ts'
import { openObligation } from './obligation-body.ts'
import { loadRule } from './obligation-rule.ts'
import { reportCsv } from './report-csv.ts'

export interface ReportFile {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly mediaType: string
  readonly name: string
}

/** Every obligation of the caller's organisation with its row, inputs, dates and evidence, as a file. */
export async function exposureReport(
  desk: ExposureDesk,
  who: Principal,
  format: 'csv' | 'json',
): Promise<Answer<Presented<ReportFile>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const report = await inTransaction(desk.store, { organisation }, async (tx): Promise<ExposureReport> => {
    const now = desk.clock()
    const { rule } = await loadRule(desk, tx, organisation)
    const names = new Map(
      (await inventoriesOf(tx, organisation)).flatMap((row) => {
        const body = openInventory(desk, row)
        return body === null ? [] : [[row.id, body.asset] as const]
      }),
    )
    const kept = (await obligationsOf(tx, organisation)).flatMap((row) => openObligation(desk, row) ?? [])
    const shown = { book: desk.book, rule, now, names, people: await namesOfSayers(tx, kept) }
    const rows = kept.map((one): ReportRow => reportRow(one, shown))
    const { directive, bound } = rule
    const head = { directive: refOf(directive), name: directive.name, binds: bound === true }
    return { report: 'weir/exposure-report/1', at: formatInstant(now), ...head, rows }
  })
  const day = report.at.slice(0, 10)
  const text = format === 'csv' ? reportCsv(report) : `${JSON.stringify(report, null, 1)}\n`
  const file = {
    bytes: oneOf(text),
    mediaType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    name: `exposure-${day}.${format}`,
  }
  const shown = presentExposure(who, organisation, { action: 'list', noun: 'obligation' }, file)
  return shown === null ? NOT_FOUND : done(shown)
}

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
