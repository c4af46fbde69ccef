import type { Axis } from '../../core/evaluation/run-row.ts'

/** What a column may mean, and the names it goes by; of several present the first counts. Names are compared in lower case with `_`. */
export const RUN_COLUMNS = {
  model: ['model', 'agent', 'model_name'],
  task: ['task_id', 'task'],
  family: ['task_family', 'family'],
  score: ['score_binarized', 'score'],
  minutes: ['human_minutes', 'minutes'],
  tokens: ['total_tokens', 'tokens', 'tokens_count'],
  attempt: ['attempt', 'run_id', 'epoch', 'run'],
  weight: ['weight', 'invsqrt_task_weight'],
  successes: ['n_successes', 'successes'],
  runs: ['n_runs', 'runs'],
  cheating: ['cheating'],
  reason: ['reason'],
} as const satisfies Record<string, readonly string[]>
export type RunColumn = keyof typeof RUN_COLUMNS

export interface TimeColumn {
  readonly axis: Axis
  /** Minutes in one of its unit. */
  readonly minutes: number
  readonly names: readonly string[]
}

export const TIME_COLUMNS: readonly TimeColumn[] = [
  { axis: 'stated', minutes: 1, names: ['human_minutes', 'minutes'] },
  { axis: 'best', minutes: 1, names: ['best_available_minutes', 'best_minutes'] },
  { axis: 'completion', minutes: 1, names: ['completion_minutes'] },
  { axis: 'expert-estimate', minutes: 1, names: ['estimate_minutes', 'expert_estimate_minutes'] },
  { axis: 'first-solve', minutes: 1, names: ['firstblood_minutes', 'first_solve_minutes'] },
  { axis: 'first-solve', minutes: 1 / 60, names: ['first_solve_seconds'] },
  { axis: 'model-estimate', minutes: 1, names: ['model_estimate_minutes'] },
]

export const TASK_COLUMNS = {
  censored: ['censored_lower_minutes', 'censored_minutes'],
  broken: ['broken'],
} as const satisfies Record<string, readonly string[]>

/** The column of that meaning among the names of a header, or -1. */
export function columnOf(header: readonly string[], names: readonly string[]): number {
  for (const name of names) {
    const at = header.indexOf(name)
    if (at >= 0) return at
  }
  return -1
}

/** A header's cell as names are compared. */
export function columnName(cell: string): string {
  return cell.trim().toLowerCase().replace(/[\s-]/g, '_')
}
