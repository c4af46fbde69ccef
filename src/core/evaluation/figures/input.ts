import type { SpentRow } from '../budget/budget-cut.ts'
import type { Plan } from '../plan/plan.ts'
import type { TaskRow } from '../run-row.ts'

/** A row as the bundle numbers it. */
export interface NumberedRow extends SpentRow {
  readonly n: number
}

/** Everything the figures are computed from; equal inputs give equal bytes. */
export interface AnalysisInput {
  readonly rows: readonly NumberedRow[]
  readonly tasks: readonly TaskRow[]
  /** The one that is measured; the others are references. */
  readonly model: string
  readonly suite: { readonly name: string; readonly version: string } | null
  /** Names of the elicitation profiles that were run. */
  readonly elicitation: readonly string[]
  readonly settings: AnalysisSettings
  /** A scale fixed earlier, for criteria that name it by its digest; null: none. */
  readonly scale: {
    readonly reference: string
    readonly items: readonly string[]
    readonly difficulty: readonly number[]
  } | null
}

export interface AnalysisSettings {
  readonly resamples: number
  readonly seed: number
  readonly method: Plan['method']
  readonly multiverse: Plan['multiverse']
}
