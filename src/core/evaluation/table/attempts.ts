import type { RunRow } from '../run-row.ts'
import { isRun } from './worth.ts'

/** One model's rows, one per task and attempt. */
export interface ModelAttempts {
  readonly model: string
  /** By task, then attempt, both in code-unit order, so that the order of files and rows decides nothing. */
  readonly rows: readonly RunRow[]
  /** Rows that gave way to another of the same attempt. */
  readonly repeated: number
}

/** The last valid row of each task and attempt, or the last row where none is valid; models by name. */
export function lastAttempts(runs: readonly RunRow[]): readonly ModelAttempts[] {
  const models = new Map<string, { tasks: Map<string, Map<string, RunRow>>; repeated: number }>()
  for (const row of runs) {
    const model = models.get(row.model) ?? { tasks: new Map<string, Map<string, RunRow>>(), repeated: 0 }
    models.set(row.model, model)
    const attempts = model.tasks.get(row.task) ?? new Map<string, RunRow>()
    model.tasks.set(row.task, attempts)
    const earlier = attempts.get(row.attempt)
    if (earlier) model.repeated++
    if (!earlier || isRun(row) || !isRun(earlier)) attempts.set(row.attempt, row)
  }
  return sorted(models).map(([model, { tasks, repeated }]) => ({
    model,
    repeated,
    rows: sorted(tasks).flatMap(([, attempts]) => sorted(attempts).map(([, row]) => row)),
  }))
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
