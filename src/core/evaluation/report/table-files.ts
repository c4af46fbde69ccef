import type { NumberedRow } from '../figures/input.ts'
import { AXES, type Axis, type Cheating, REASONS, type TaskRow } from '../run-row.ts'
import { parseCsv, writeCsv } from './csv.ts'

// The bundle's two tables. Their columns go by names that any reader of run tables knows; an empty cell is "not known".

const RUNS = [
  'n',
  'model',
  'task_id',
  'task_family',
  'attempt',
  'score',
  'reason',
  'tokens',
  'tokens_at_score',
  'cheating',
  'weight',
]
const TIMES: Readonly<Record<Axis, string>> = {
  stated: 'human_minutes',
  best: 'best_minutes',
  completion: 'completion_minutes',
  'expert-estimate': 'expert_estimate_minutes',
  'first-solve': 'first_solve_minutes',
  'model-estimate': 'model_estimate_minutes',
}
const TASKS = ['task_id', 'task_family', ...AXES.map((axis) => TIMES[axis]), 'censored_minutes', 'broken']
const CHEATING: readonly Cheating[] = ['no', 'suspected', 'confirmed']

export function rowsFile(rows: readonly NumberedRow[]): string {
  return writeCsv(
    RUNS,
    rows.map((row) => [
      row.n,
      row.model,
      row.task,
      row.family,
      row.attempt,
      row.score,
      row.reason,
      row.tokens,
      row.reached,
      row.cheating,
      row.weight,
    ]),
  )
}

export function tasksFile(tasks: readonly TaskRow[]): string {
  return writeCsv(
    TASKS,
    tasks.map((task) => [
      task.task,
      task.family,
      ...AXES.map((axis) => task.minutes[axis] ?? null),
      task.censoredAt,
      task.broken,
    ]),
  )
}

/** Reads `rows.csv` of a bundle; null unless it is exactly as `rowsFile` writes. Hostile input. */
export function parseRows(text: string): readonly NumberedRow[] | null {
  const table = parseCsv(text)
  if (table === null || table.head.join() !== RUNS.join()) return null
  const rows: NumberedRow[] = []
  for (const [n, model, task, family, attempt, score, word, tokens, reached, said, weight] of table.rows) {
    const reason = REASONS.find((one) => one === word)
    const cheating = CHEATING.find((one) => one === said)
    const numbers = [score, tokens, reached, weight].map(number)
    if (!reason || !cheating || numbers.includes(undefined) || !/^\d{1,9}$/.test(n ?? '')) return null
    rows.push({
      n: Number(n),
      model: model ?? '',
      task: task ?? '',
      family: family ?? '',
      attempt: attempt ?? '',
      score: numbers[0] ?? null,
      reason,
      tokens: numbers[1] ?? null,
      reached: numbers[2] ?? null,
      cheating,
      weight: numbers[3] ?? null,
    })
  }
  return rows
}

/** Reads `tasks.csv` of a bundle; null unless it is exactly as `tasksFile` writes. Hostile input. */
export function parseTasks(text: string): readonly TaskRow[] | null {
  const table = parseCsv(text)
  if (table === null || table.head.join() !== TASKS.join()) return null
  const tasks: TaskRow[] = []
  for (const cells of table.rows) {
    const times = AXES.map((axis, i) => [axis, number(cells[2 + i])] as const)
    const censored = number(cells[2 + AXES.length])
    if (censored === undefined || times.some(([, value]) => value === undefined)) return null
    const broken = cells[3 + AXES.length] ?? ''
    tasks.push({
      task: cells[0] ?? '',
      family: cells[1] ?? '',
      minutes: Object.fromEntries(times.filter(([, value]) => value !== null)),
      censoredAt: censored,
      broken: broken === '' ? null : broken,
    })
  }
  return tasks
}

/** Null for an empty cell, undefined for what is no finite number. */
function number(cell: string | undefined): number | null | undefined {
  if (cell === undefined || cell === '') return null
  const value = Number(cell)
  return Number.isFinite(value) && cell.length < 40 ? value : undefined
}
