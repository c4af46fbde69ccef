import type { Axis, TaskRow } from '../../core/evaluation/run-row.ts'
import { cellNumber, cellScore } from './cell.ts'
import { columnOf, RUN_COLUMNS, TASK_COLUMNS, TIME_COLUMNS } from './columns.ts'
import type { CsvRecord } from './csv-reader.ts'
import type { TableFindings } from './table-finding.ts'

/** Reads the records of a task table whose header is given in the names of columns. */
export class TaskRows {
  private readonly header: readonly string[]
  private readonly task: number
  private readonly family: number
  private readonly censored: number
  private readonly broken: number
  private readonly times: readonly { readonly axis: Axis; readonly minutes: number; readonly at: number }[]
  private readonly findings: TableFindings

  constructor(header: readonly string[], findings: TableFindings) {
    this.header = header
    this.findings = findings
    this.task = columnOf(header, RUN_COLUMNS.task)
    this.family = columnOf(header, RUN_COLUMNS.family)
    this.censored = columnOf(header, TASK_COLUMNS.censored)
    this.broken = columnOf(header, TASK_COLUMNS.broken)
    this.times = TIME_COLUMNS.map(({ axis, minutes, names }) => ({ axis, minutes, at: columnOf(header, names) })).filter(
      (time) => time.at >= 0,
    )
  }

  /** Null for a record that names no task. An axis without a number above 0 is left out. */
  read(record: CsvRecord): TaskRow | null {
    const task = (record.cells[this.task] ?? '').trim()
    if (task === '') {
      this.tell(record, this.task, 'The row names no task and is left out.')
      return null
    }
    const minutes: { [axis in Axis]?: number } = {}
    for (const time of this.times) {
      const value = this.time(record, time.at)
      if (value !== null) minutes[time.axis] ??= value * time.minutes
    }
    const broken = this.broken < 0 ? '' : (record.cells[this.broken] ?? '').trim()
    return {
      task,
      family: (record.cells[this.family] ?? '').trim(),
      minutes,
      censoredAt: this.censored < 0 ? null : this.time(record, this.censored),
      broken: broken === '' || cellScore(broken) === 0 ? null : broken,
    }
  }

  private time(record: CsvRecord, at: number): number | null {
    const value = cellNumber(record.cells[at] ?? '')
    if (value === null || (value !== undefined && value > 0)) return value
    this.tell(record, at, 'A number above 0 is wanted; the time counts as not known.')
    return null
  }

  private tell(record: CsvRecord, at: number, say: string): void {
    this.findings.tell('cell.not-understood', `line ${record.line}, column ${this.header[at] ?? at + 1}`, say)
  }
}
