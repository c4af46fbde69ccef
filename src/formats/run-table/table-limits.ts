/** How much of a hostile table is read. */
export interface TableLimits {
  /** Bytes of one cell; a longer one is cut and told. */
  readonly cellBytes: number
  readonly columns: number
  /** Attempts, and tasks, that a table may come to. */
  readonly rows: number
  /** Characters of names, of all rows together. */
  readonly names: number
  /** Attempts that one row with `n_runs` may stand for. */
  readonly runsOfRow: number
  readonly findings: number
}

export const TABLE_LIMITS: TableLimits = {
  cellBytes: 64 * 1024,
  columns: 1000,
  rows: 500_000,
  names: 128 * 1024 * 1024,
  runsOfRow: 10_000,
  findings: 200,
}
