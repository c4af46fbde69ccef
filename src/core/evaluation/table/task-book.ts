import type { Axis, RunTable, TaskRow } from '../run-row.ts'
import { AXES } from '../run-row.ts'

// Sixty nanoseconds and two million years: what lies beyond is a broken file, not a time.
const SHORTEST = 1e-9
const LONGEST = 1e12

/** What is known of every task of a table: the task row where there is one, else the family that its runs name. */
export interface TaskBook {
  readonly family: (task: string) => string
  /** Minutes on the axis; null where not known, and where no person can have taken so short or so long. */
  readonly minutes: (task: string, axis: Axis) => number | null
  readonly row: (task: string) => TaskRow | null
}

/** Reads a table's tasks; of several rows for one task the last counts, of several families named by runs the first in order. */
export function taskBook(table: RunTable): TaskBook {
  const rows = new Map<string, TaskRow>()
  for (const row of table.tasks) rows.set(row.task, row)
  const families = new Map<string, string>()
  for (const run of table.runs) {
    const known = families.get(run.task)
    if (known === undefined || run.family < known) families.set(run.task, run.family)
  }
  return {
    family: (task) => rows.get(task)?.family ?? families.get(task) ?? '',
    minutes: (task, axis) => {
      const minutes = rows.get(task)?.minutes[axis]
      return typeof minutes === 'number' && minutes >= SHORTEST && minutes <= LONGEST ? minutes : null
    },
    row: (task) => rows.get(task) ?? null,
  }
}

/** How many tasks of the table have a time on each axis; axes without one are left out. A report shows p50 on each. */
export function axesOf(table: RunTable): readonly { readonly axis: Axis; readonly tasks: number }[] {
  const book = taskBook(table)
  const tasks = [...new Set(table.tasks.map(({ task }) => task))]
  return AXES.map((axis) => ({ axis, tasks: tasks.filter((task) => book.minutes(task, axis) !== null).length })).filter(
    (one) => one.tasks > 0,
  )
}
