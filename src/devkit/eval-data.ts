import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRow, RunTable, TaskRow } from '../core/evaluation/run-row.ts'

// The public evaluation data of the folder that WEIR_CORPUS names, as run tables. For tests and benchmarks; its files hold no quotes.

/** Where the data are, or null when WEIR_CORPUS names no folder with them. */
export function evalFolder(): string | null {
  const folder = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'evals')
  return existsSync(folder) ? folder : null
}

/** The records of a comma-separated file, by the names in its first line. */
export function csvRecords(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
  })
}

export function scoredRow(model: string, task: string, family: string, attempt: string, score: number | null): RunRow {
  return {
    model,
    task,
    family,
    attempt,
    score,
    reason: score === null ? 'unscored' : 'scored',
    tokens: null,
    cheating: 'no',
    weight: null,
  }
}

export function statedTask(task: string, family: string, minutes: number): TaskRow {
  return { task, family, minutes: { stated: minutes }, censoredAt: null, broken: null }
}

/** 6,446 cyber runs of 11 models, one a task, with every axis of human time. */
export function lyptus2026(folder: string): RunTable {
  const runs = csvRecords(join(folder, 'lyptus-2026/runs.csv')).map((r) => ({
    ...scoredRow(r['model']!, r['task_id']!, r['task_family']!, '1', Number(r['score'])),
    tokens: r['total_tokens'] ? Number(r['total_tokens']) : null,
  }))
  const columns = [
    ['best', 'best_available_minutes'],
    ['completion', 'completion_minutes'],
    ['expert-estimate', 'estimate_minutes'],
    ['first-solve', 'firstblood_minutes'],
    ['model-estimate', 'model_estimate_minutes'],
  ] as const
  const tasks = csvRecords(join(folder, 'lyptus-2026/tasks.csv')).map(
    (r): TaskRow => ({
      task: r['task_id']!,
      family: r['task_family']!,
      minutes: Object.fromEntries(columns.flatMap(([axis, name]) => (r[name] ? [[axis, Number(r[name])]] : []))),
      censoredAt: r['censored_lower_minutes'] ? Number(r['censored_lower_minutes']) : null,
      broken: null,
    }),
  )
  return { runs, tasks }
}

/** The same group's first study: 9 models, a weight in the file. */
export function lyptusJune(folder: string): RunTable {
  return withMinutes(
    csvRecords(join(folder, 'lyptus-2025-june/runs.csv')).map((r, line) => ({
      row: {
        ...scoredRow(r['model']!, r['task_id']!, r['task_family']!, String(line), Number(r['score'])),
        weight: Number(r['weight']),
      },
      minutes: Number(r['human_minutes']),
    })),
  )
}

/** METR's runs of January 2025: 11 agents, 83 tasks, many runs a task, the file's own weight. */
export function metrJanuary(folder: string): RunTable {
  return withMinutes(
    csvRecords(join(folder, 'metr/runs_jan2025.csv')).map((r) => ({
      row: {
        ...scoredRow(r['model']!, r['task_id']!, r['task_family']!, r['run_id']!, Number(r['score'])),
        weight: Number(r['invsqrt_task_weight']),
      },
      minutes: Number(r['human_minutes']),
    })),
  )
}

/** METR's 228 tasks for GPT-5.4, successes and runs of each spread out into attempts. */
export function metrGpt54(folder: string): RunTable {
  return withMinutes(
    csvRecords(join(folder, 'metr/task_results_gpt-5.4.csv')).flatMap((r) =>
      Array.from({ length: Number(r['n_runs']) }, (_, i) => ({
        row: scoredRow('GPT-5.4', r['task_id']!, r['task_family']!, String(i), i < Number(r['n_successes']) ? 1 : 0),
        minutes: Number(r['human_minutes']),
      })),
    ),
  )
}

/** A task that stands with two human times is two versions of it, told apart by the time. */
function withMinutes(rows: readonly { row: RunRow; minutes: number }[]): RunTable {
  const first = new Map<string, number>()
  for (const { row, minutes } of rows) if (!first.has(row.task)) first.set(row.task, minutes)
  const runs = rows.map(({ row, minutes }) => ({
    minutes,
    row: first.get(row.task) === minutes ? row : { ...row, task: `${row.task} (${minutes} min)` },
  }))
  const tasks = new Map(runs.map(({ row, minutes }) => [row.task, statedTask(row.task, row.family, minutes)]))
  return { runs: runs.map(({ row }) => row), tasks: [...tasks.values()] }
}
