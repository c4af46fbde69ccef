import type { RunTable } from '../run-row.ts'
import { scoresOf } from '../table/scores.ts'

/** Per task how many attempts were full successes, of how many; cheated ones count as failures. */
export function completionsOf(own: RunTable): ReadonlyMap<string, { readonly k: number; readonly n: number }> {
  const tasks = scoresOf(own, 'F', 'drop').flatMap((model) => model.tasks)
  return new Map(tasks.map(({ task, scores }) => [task, { k: scores.filter((score) => score === 1).length, n: scores.length }]))
}
