import type { RunRow, RunTable, TaskRow } from '../../core/evaluation/run-row.ts'

/** Rows of one file, with the name that stands for a family where nothing else does. */
export interface FilePart {
  readonly table: RunTable
  /** Of a log the Inspect task's name, of a table the file's. */
  readonly otherwise: string
}

/**
 * One table of all files. A row's family is what the task table says; else what its own file says; else the part of the task's
 * name before its first `/`; else the Inspect task's name or, for a CSV, the file's. Tasks named in several files are joined, axis by
 * axis: what `given` (the file of `--tasks`) says counts first, then the file named first.
 */
export function joinParts(parts: readonly FilePart[], given: readonly TaskRow[]): RunTable {
  const tasks = new Map<string, TaskRow>()
  for (const row of given) addTask(tasks, row)
  const families = new Map<string, string>()
  const runs: RunRow[] = []
  for (const part of parts) {
    for (const row of part.table.tasks) addTask(tasks, row)
    for (const row of part.table.runs) {
      const stated = row.family === '' ? families.get(row.task) : row.family
      families.set(row.task, stated ?? familyOf(row.task, part.otherwise))
    }
  }
  for (const [task, row] of tasks) {
    if (row.family === '') tasks.set(task, { ...row, family: families.get(task) ?? familyOf(task, task) })
  }
  const family = (row: RunRow) => tasks.get(row.task)?.family ?? (row.family || families.get(row.task)!)
  for (const part of parts) for (const row of part.table.runs) runs.push({ ...row, family: family(row) })
  return { runs, tasks: [...tasks.values()] }
}

function familyOf(task: string, otherwise: string): string {
  const slash = task.indexOf('/')
  return slash > 0 ? task.slice(0, slash) : otherwise
}

function addTask(tasks: Map<string, TaskRow>, row: TaskRow): void {
  const known = tasks.get(row.task)
  if (known === undefined) {
    tasks.set(row.task, row)
    return
  }
  tasks.set(row.task, {
    task: row.task,
    family: known.family || row.family,
    minutes: { ...row.minutes, ...known.minutes },
    censoredAt: known.censoredAt ?? row.censoredAt,
    broken: known.broken ?? row.broken,
  })
}
