import type { Missing, Treatment } from '../result.ts'
import type { RunRow } from '../run-row.ts'

/** A run's score in [0, 1], `missing` where nothing was measured, `dropped` where the treatment leaves the run out. */
export type Worth = number | 'missing' | 'dropped'

/**
 * Whether a row is a run at all: the checker gave a number in [0, 1], or the model's own act ended the attempt (limit, refusal, own
 * crash), which is a run with score 0. Faults of harness or endpoint and unscored samples are not runs.
 */
export function isRun(row: RunRow): boolean {
  switch (row.reason) {
    case 'limit':
    case 'refusal':
    case 'own-crash':
      return true
    case 'scored':
      return typeof row.score === 'number' && row.score >= 0 && row.score <= 1
    default:
      return false
  }
}

/** What a row counts as under a treatment of confirmed cheating and a rule for missing attempts. */
export function worthOf(row: RunRow, treatment: Treatment, missing: Missing): Worth {
  if (!isRun(row)) return missing === 'drop' ? 'missing' : missing === 'zero' ? 0 : 1
  const score = row.reason === 'scored' ? (row.score ?? 0) : 0
  if (row.cheating !== 'confirmed' || treatment === 'S') return score
  return treatment === 'F' ? 0 : 'dropped'
}
