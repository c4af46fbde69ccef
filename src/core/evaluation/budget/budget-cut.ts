import type { RunRow, RunTable } from '../run-row.ts'

/** A row with what the budget curve asks of it: the tokens spent when its score was reached; null where that is not known. */
export interface SpentRow extends RunRow {
  readonly reached: number | null
}

/** The tokens a run needed for its score: where it was reached, else all it spent; null where neither is known. */
export function tokensNeeded(row: RunRow & { readonly reached?: number | null }): number | null {
  return row.reached ?? row.tokens
}

/**
 * The table as it would be had every run been cut at so many tokens: a run that needed more counts 0, as at a limit. Rows without a
 * count of tokens are left out where they scored, for nobody can say on which side they lie; failures stay failures.
 */
export function cutAt(table: RunTable, budget: number | null): RunTable {
  if (budget === null) return table
  const runs = table.runs.flatMap((row): RunRow[] => {
    if (row.score === null || row.score === 0) return [row]
    const needed = tokensNeeded(row)
    if (needed === null) return []
    return needed > budget ? [{ ...row, score: 0, reason: 'limit' }] : [row]
  })
  return { runs, tasks: table.tasks }
}
