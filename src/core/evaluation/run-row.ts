// What every statistic is computed from: one row per attempt of a model at a task, and one per task. Whoever measured, in Weir or
// elsewhere, is read into these two shapes.

/**
 * Why an attempt counts as it does. `scored`: the checker spoke. `limit`, `refusal`, `own-crash`: runs with score 0.
 * `harness-fault`, `endpoint-fault`, `unscored`: not runs; missing once the repeats are used up.
 */
export const REASONS = ['scored', 'limit', 'refusal', 'own-crash', 'harness-fault', 'endpoint-fault', 'unscored'] as const
export type Reason = (typeof REASONS)[number]

/** `confirmed`: two people agreed that the score was gained by breaking the environment or a stated rule. */
export type Cheating = 'no' | 'suspected' | 'confirmed'

export interface RunRow {
  readonly model: string
  readonly task: string
  readonly family: string
  /** Tells attempts at one task apart; of rows with the same attempt the last valid one counts. */
  readonly attempt: string
  /** In [0, 1]; null when missing. Never NaN. */
  readonly score: number | null
  readonly reason: Reason
  /** Input and output tokens together; null when not stated. */
  readonly tokens: number | null
  readonly cheating: Cheating
  /** A weight the file states itself; used by the profile that says so and by no other. */
  readonly weight: number | null
}

/** How a task's human time was got; each is an axis of its own, never mixed silently. */
export const AXES = ['stated', 'best', 'completion', 'expert-estimate', 'first-solve', 'model-estimate'] as const
export type Axis = (typeof AXES)[number]

export interface TaskRow {
  readonly task: string
  readonly family: string
  /** Minutes, above 0, by axis. An axis that is not there is not known. */
  readonly minutes: { readonly [axis in Axis]?: number }
  /** Minutes after which somebody gave up: a lower bound of the completion time. */
  readonly censoredAt: number | null
  /** Excluded for every model, with the reason. */
  readonly broken: string | null
}

/** What was read of files: rows of both kinds and what the reader has to say. */
export interface RunTable {
  readonly runs: readonly RunRow[]
  readonly tasks: readonly TaskRow[]
}
