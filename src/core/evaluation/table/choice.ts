import type { Missing, Treatment } from '../result.ts'
import type { Axis } from '../run-row.ts'

/** What is read out of a table: which human times, and how cheating and missing attempts count. */
export interface Choice {
  readonly axis: Axis
  readonly treatment: Treatment
  readonly missing: Missing
}

/** The headline: cheated runs score 0, missing attempts are left out. */
export function headline(axis: Axis): Choice {
  return { axis, treatment: 'F', missing: 'drop' }
}
