import type { RunRow, RunTable, TaskRow } from '../../core/evaluation/run-row.ts'
import { KeyMask } from '../inspect/keys/key-mask.ts'
import { columnName, columnOf, RUN_COLUMNS, TIME_COLUMNS } from './columns.ts'
import { CsvReader, type CsvRecord, type CsvWrong } from './csv-reader.ts'
import { type ReadRun, RunRows } from './run-rows.ts'
import { type TableFinding, TableFindings } from './table-finding.ts'
import { TABLE_LIMITS, type TableLimits } from './table-limits.ts'
import { TaskRows } from './task-rows.ts'

export interface ReadTable {
  /** Null where the header is that of neither. */
  readonly kind: 'runs' | 'tasks' | null
  /** Families are as the file has them, empty where it has none. */
  readonly table: RunTable
  readonly findings: readonly TableFinding[]
  /** Keys found and overwritten. */
  readonly keys: number
}

/**
 * Reads a CSV of runs or of tasks, told apart by its columns (`columns.ts`), over chunks of any size. A table without a model column
 * is all `model`'s. Hostile input: nothing throws, memory is bounded by `limits`, keys are overwritten before they are read.
 */
export class TableReader {
  private readonly limits: TableLimits
  private readonly model: string
  private readonly findings: TableFindings
  private readonly mask = new KeyMask()
  private readonly csv: CsvReader
  private header: readonly string[] | null = null
  private runRows: RunRows | null = null
  private taskRows: TaskRows | null = null
  private readonly runs: ReadRun[] = []
  private readonly tasks: TaskRow[] = []
  private surplus = 0
  private names = 0

  constructor(model: string, limits: TableLimits = TABLE_LIMITS) {
    this.model = model
    this.limits = limits
    this.findings = new TableFindings(limits.findings)
    this.csv = new CsvReader(
      limits,
      (record) => this.record(record),
      (wrong) => this.wrong(wrong),
    )
  }

  push(chunk: Uint8Array): void {
    this.csv.push(this.mask.push(chunk))
  }

  end(): ReadTable {
    this.csv.push(this.mask.end())
    this.csv.end()
    if (this.header === null) this.findings.tell('table.empty', '', 'The table has no line.')
    else if (this.runs.length + this.tasks.length === 0 && (this.runRows || this.taskRows)) {
      this.findings.tell('table.empty', '', 'The table has a header and no row that can be used.')
    }
    if (this.surplus > 0) {
      this.findings.tell(
        'table.too-large',
        '',
        `Rows beyond those that are read (${this.limits.rows} rows, ${this.limits.names} characters of names): ${this.surplus}.`,
      )
    }
    for (const { kind, count, firstAt } of this.mask.found()) {
      const times = count === 1 ? 'once' : `${count} times`
      this.findings.tell(
        'key.found',
        `byte ${firstAt}`,
        `What looks like a ${kind} stands here, in all ${times}. It was overwritten.`,
      )
    }
    const keys = this.mask.found().reduce((sum, { count }) => sum + count, 0)
    const kind = this.runRows ? 'runs' : this.taskRows ? 'tasks' : null
    const table = kind === 'runs' ? this.withTimes() : { runs: [], tasks: this.tasks }
    return { kind, table, findings: this.findings.list(), keys }
  }

  private record(record: CsvRecord): void {
    if (this.header === null) {
      this.begin(record)
      return
    }
    if (!this.runRows && !this.taskRows) return
    if (record.cells.length !== this.header.length) {
      const say = `The line has ${record.cells.length} cells and the header ${this.header.length}.`
      this.findings.tell(
        'table.cells',
        `line ${record.line}`,
        record.cells.length < this.header.length ? `${say} It is left out.` : say,
      )
      // A cell too few may stand anywhere; one too many stands behind what is read.
      if (record.cells.length < this.header.length) return
    }
    if (this.runs.length + this.tasks.length >= this.limits.rows || this.names > this.limits.names) {
      this.surplus++
      return
    }
    for (const run of this.runRows?.read(record) ?? []) {
      this.runs.push(run)
      this.names += run.row.model.length + run.row.task.length + run.row.family.length + run.row.attempt.length
    }
    const task = this.taskRows?.read(record)
    if (!task) return
    this.tasks.push(task)
    this.names += task.task.length + task.family.length + (task.broken?.length ?? 0)
  }

  private begin(record: CsvRecord): void {
    const header = record.cells.map(columnName)
    this.header = header
    for (const [k, name] of header.entries()) {
      if (name !== '' && header.indexOf(name) < k)
        this.findings.tell('column.twice', name, 'The column stands twice; the first one counts.')
    }
    const has = (names: readonly string[]) => columnOf(header, names) >= 0
    const counts = has(RUN_COLUMNS.successes) && has(RUN_COLUMNS.runs)
    if (!has(RUN_COLUMNS.task)) this.neither('a column task_id or task')
    else if (has(RUN_COLUMNS.score) || counts) {
      this.runRows = new RunRows(header, this.model, this.limits, this.findings)
      if (!has(RUN_COLUMNS.model)) {
        this.findings.tell(
          'model.unnamed',
          '',
          `The table has no column model or agent; its runs go by the name "${this.model}".`,
        )
      }
    } else if (TIME_COLUMNS.some(({ names }) => has(names))) this.taskRows = new TaskRows(header, this.findings)
    else this.neither('a column score, the columns n_successes and n_runs, or a column of human minutes')
  }

  private neither(lacks: string): void {
    const say = `It is neither a table of runs nor one of tasks: it lacks ${lacks}. Its columns are: ${this.header?.join(', ')}`
    this.findings.tell('table.neither', 'line 1', say)
  }

  private wrong({ what, line, cell }: CsvWrong): void {
    const where = `line ${line}, column ${this.header?.[cell - 1] ?? cell}`
    if (what === 'quote') this.findings.tell('table.quote', where, 'A quote stands inside a cell that does not begin with one.')
    else if (what === 'open-quote')
      this.findings.tell('table.quote', where, 'A quoted cell is never closed; it goes to the end.')
    else if (what === 'cell-too-long')
      this.findings.tell('table.cell-too-long', where, `The cell was cut at ${this.limits.cellBytes} bytes.`)
    else this.findings.tell('table.cells', where, `The line has more than ${this.limits.columns} cells.`)
  }

  /**
   * The human times that stand beside the runs, as tasks. A task that stands with two times is two versions of it, the later ones
   * with the time in their name, as METR and Lyptus tables have them.
   */
  private withTimes(): RunTable {
    const first = new Map<string, number>()
    const tasks = new Map<string, TaskRow>()
    const versions = new Set<string>()
    const runs = this.runs.map(({ row, minutes }): RunRow => {
      if (minutes === null) return row
      const known = first.get(row.task)
      if (known === undefined) first.set(row.task, minutes)
      const task = known === undefined || known === minutes ? row.task : `${row.task} (${minutes} min)`
      if (task !== row.task) versions.add(task)
      if (!tasks.has(task))
        tasks.set(task, { task, family: row.family, minutes: { stated: minutes }, censoredAt: null, broken: null })
      return task === row.task ? row : { ...row, task }
    })
    if (versions.size > 0) {
      const say = `Tasks stand with more than one human time; each time makes a version of its own: ${versions.size} more.`
      this.findings.tell('task.two-times', '', say)
    }
    return { runs, tasks: [...tasks.values()] }
  }
}
