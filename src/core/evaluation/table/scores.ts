import type { Missing, Treatment } from '../result.ts'
import type { RunTable } from '../run-row.ts'
import { lastAttempts } from './attempts.ts'
import { taskBook } from './task-book.ts'
import { worthOf } from './worth.ts'

/** One model's scores at one task, in the order of their attempts. */
export interface TaskScores {
  readonly task: string
  readonly family: string
  readonly scores: readonly number[]
}

/** One model's scores, by task; tasks without a counted run are not there. */
export interface ModelScores {
  readonly model: string
  readonly tasks: readonly TaskScores[]
}

/** The scores that success rates are computed from: every task that is not broken, whether its human time is known or not. */
export function scoresOf(table: RunTable, treatment: Treatment, missing: Missing): readonly ModelScores[] {
  const book = taskBook(table)
  return lastAttempts(table.runs).map(({ model, rows }) => {
    const tasks = new Map<string, number[]>()
    for (const row of rows) {
      const broken = book.row(row.task)?.broken ?? null
      const worth = worthOf(row, treatment, missing)
      if (broken !== null || typeof worth !== 'number') continue
      const scores = tasks.get(row.task)
      if (scores) scores.push(worth)
      else tasks.set(row.task, [worth])
    }
    return { model, tasks: [...tasks].map(([task, scores]) => ({ task, family: book.family(task), scores })) }
  })
}
