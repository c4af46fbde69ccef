import { type Cheating, REASONS, type Reason, type RunRow } from '../../core/evaluation/run-row.ts'
import { cellNumber, cellScore } from './cell.ts'
import { columnOf, RUN_COLUMNS, type RunColumn } from './columns.ts'
import type { CsvRecord } from './csv-reader.ts'
import type { TableFindings } from './table-finding.ts'
import type { TableLimits } from './table-limits.ts'

/** One row of the file: what it says of a task's human time, and the attempts it stands for. */
export interface ReadRun {
  readonly row: RunRow
  readonly minutes: number | null
}

const FAULTS: readonly Reason[] = ['harness-fault', 'endpoint-fault', 'unscored']

/** Reads the records of a run table whose header is given in the names of columns. */
export class RunRows {
  private readonly header: readonly string[]
  private readonly at: Readonly<Record<RunColumn, number>>
  private readonly findings: TableFindings
  private readonly limits: TableLimits
  private readonly model: string
  private readonly seen = new Map<string, number>()
  private readonly same = new Map<string, string>()

  constructor(header: readonly string[], model: string, limits: TableLimits, findings: TableFindings) {
    this.at = Object.fromEntries(
      Object.entries(RUN_COLUMNS).map(([column, names]) => [column, columnOf(header, names)]),
    ) as Record<RunColumn, number>
    this.header = header
    this.model = model
    this.limits = limits
    this.findings = findings
  }

  /** The attempts that a record stands for: several where it counts successes among runs. */
  read(record: CsvRecord): readonly ReadRun[] {
    const task = this.cell(record, 'task').trim()
    if (task === '') {
      this.tell(record, 'task', 'The row names no task and is left out.')
      return []
    }
    const minutes = this.positive(record, 'minutes', 'the time counts as not known')
    const row = this.rowOf(record, task)
    const runs = this.at.runs < 0 ? null : this.number(record, 'runs')
    if (runs === null) return this.single(record, row, minutes)
    return this.counted(record, row, minutes, runs)
  }

  private rowOf(record: CsvRecord, task: string): Omit<RunRow, 'attempt' | 'score' | 'reason'> {
    return {
      model: this.shared(this.at.model < 0 ? this.model : this.cell(record, 'model').trim() || this.model),
      task: this.shared(task),
      family: this.shared(this.cell(record, 'family').trim()),
      tokens: this.positive(record, 'tokens', 'the tokens count as not stated', 0),
      cheating: this.cheating(record),
      weight: this.positive(record, 'weight', 'the weight counts as not stated', 0),
    }
  }

  private single(
    record: CsvRecord,
    row: Omit<RunRow, 'attempt' | 'score' | 'reason'>,
    minutes: number | null,
  ): readonly ReadRun[] {
    const stated = cellScore(this.cell(record, 'score'))
    if (stated === undefined) this.tell(record, 'score', 'This is no score; the attempt counts as missing.')
    const inRange = stated === undefined || stated === null || (stated >= 0 && stated <= 1)
    if (!inRange) this.tell(record, 'score', 'A score lies from 0 to 1; the attempt counts as missing.', 'cell.out-of-range')
    const number = inRange ? (stated ?? null) : null
    const reason = this.reason(record, number)
    const isFault = FAULTS.includes(reason)
    const score = isFault ? null : (number ?? (reason === 'scored' ? null : 0))
    return [{ row: { ...row, attempt: this.attempt(record, row), score, reason }, minutes }]
  }

  /** `n_successes` of `n_runs`, spread out into attempts; a fraction of a success is one attempt with that score. */
  private counted(
    record: CsvRecord,
    row: Omit<RunRow, 'attempt' | 'score' | 'reason'>,
    minutes: number | null,
    runs: number,
  ): readonly ReadRun[] {
    const successes = this.number(record, 'successes')
    if (!Number.isInteger(runs) || runs < 0 || runs > this.limits.runsOfRow) {
      this.tell(
        record,
        'runs',
        `A whole number from 0 to ${this.limits.runsOfRow} is wanted; the row is left out.`,
        'cell.out-of-range',
      )
      return []
    }
    if (successes === null || successes < 0 || successes > runs) {
      this.tell(
        record,
        'successes',
        'A number from 0 to the number of runs is wanted; the row is left out.',
        'cell.out-of-range',
      )
      return []
    }
    return Array.from({ length: runs }, () => this.attempt(record, row, true)).map((attempt, k) => ({
      row: { ...row, attempt, score: Math.min(1, Math.max(0, successes - k)), reason: 'scored' as const },
      minutes,
    }))
  }

  private attempt(record: CsvRecord, row: { model: string; task: string }, counted = false): string {
    const stated = counted ? '' : this.cell(record, 'attempt').trim()
    if (stated !== '') return stated
    // Without a name of its own, an attempt is told apart by its turn.
    const key = `${row.model}\n${row.task}`
    const turn = (this.seen.get(key) ?? 0) + 1
    this.seen.set(key, turn)
    return String(turn)
  }

  private reason(record: CsvRecord, score: number | null): Reason {
    const word = this.cell(record, 'reason').trim().toLowerCase().replace(/[\s_]/g, '-')
    const known = REASONS.find((reason) => reason === word)
    if (word !== '' && known === undefined) this.tell(record, 'reason', `Known are ${REASONS.join(', ')}; it is passed over.`)
    if (known !== undefined && !(known === 'scored' && score === null)) return known
    return score === null ? 'unscored' : 'scored'
  }

  /** A plain yes is taken for confirmed: whoever made the table says so. */
  private cheating(record: CsvRecord): Cheating {
    const word = this.cell(record, 'cheating').trim().toLowerCase()
    if (word === 'suspected') return 'suspected'
    const stated = cellScore(word)
    if (word === 'confirmed' || stated === 1) return 'confirmed'
    if (stated === null || stated === 0) return 'no'
    this.tell(record, 'cheating', 'Known are no, suspected and confirmed; it is taken for suspected.')
    return 'suspected'
  }

  private positive(record: CsvRecord, column: RunColumn, otherwise: string, from = Number.MIN_VALUE): number | null {
    const number = this.number(record, column)
    if (number === null || number >= from) return number
    this.tell(record, column, `A number ${from === 0 ? 'from' : 'above'} 0 is wanted; ${otherwise}.`, 'cell.out-of-range')
    return null
  }

  private number(record: CsvRecord, column: RunColumn): number | null {
    const number = cellNumber(this.cell(record, column))
    if (number === undefined) this.tell(record, column, 'This is no number and counts as not stated.')
    return number ?? null
  }

  private cell(record: CsvRecord, column: RunColumn): string {
    return this.at[column] < 0 ? '' : (record.cells[this.at[column]] ?? '')
  }

  private tell(
    record: CsvRecord,
    column: RunColumn,
    say: string,
    code: 'cell.not-understood' | 'cell.out-of-range' = 'cell.not-understood',
  ) {
    this.findings.tell(code, `line ${record.line}, column ${this.header[this.at[column]] ?? column}`, say)
  }

  /** One string for all equal ones, so that a long table costs little. */
  private shared(text: string): string {
    const known = this.same.get(text)
    if (known !== undefined) return known
    this.same.set(text, text)
    return text
  }
}
