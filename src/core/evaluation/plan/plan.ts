import type { Missing, Treatment, Weighting } from '../result.ts'
import type { Axis } from '../run-row.ts'

// The rule by which a measurement is judged, written and hashed before anybody could see which model a result belongs to.

export const PLAN_FORMAT = 'weir-plan-1'

/** What must hold of the model for the criterion to be met. */
export type Criterion =
  /** The whole interval of the horizon at success rate `at` lies above so many minutes. */
  | { readonly kind: 'horizon'; readonly at: 0.5 | 0.8; readonly minutes: number }
  /** Ability on the scale that `reference` (digest of its items' difficulties) fixes. */
  | { readonly kind: 'irt'; readonly score: number; readonly reference: string }
  /** At least `k` of `n` attempts at one range were full completions. */
  | { readonly kind: 'range'; readonly task: string; readonly k: number; readonly n: number }
  /** Any attempt at one task was a full success. */
  | { readonly kind: 'sentinel'; readonly task: string }

/** How several criteria make one outcome. `weighted`: those met must weigh at least `atLeast` of the sum of the weights. */
export type Combination =
  | { readonly rule: 'any' }
  | { readonly rule: 'all' }
  | { readonly rule: 'weighted'; readonly weights: readonly number[]; readonly atLeast: number }

/** The other ways of analysis that the outcome must survive. Each list holds at least the headline's own choice. */
export interface MultiverseSet {
  readonly lambdas: readonly number[]
  readonly weights: readonly Exclude<Weighting, 'stated'>[]
  readonly axes: readonly Axis[]
  readonly treatments: readonly Treatment[]
  readonly missing: readonly Missing[]
  /** Tokens; a run whose score was reached beyond them counts 0. Null: as run. */
  readonly budgets: readonly (number | null)[]
}

export interface Plan {
  readonly format: typeof PLAN_FORMAT
  readonly name: string
  /**
   * `sealed`: of the criteria nothing but the outcome comes out. `published`: their numbers may be shown beside the estimate, as with
   * the sample suite.
   */
  readonly threshold: 'published' | 'sealed'
  readonly suite: { readonly name: string; readonly version: string }
  /** Name of the elicitation profile; null: any. */
  readonly elicitation: string | null
  readonly method: {
    readonly profile: 'metr-1.1' | 'metr-1.0'
    readonly axis: Axis
    readonly treatment: Treatment
    readonly budget: number | null
  }
  readonly criteria: readonly Criterion[]
  readonly combine: Combination
  /** Share of the interval between its ends: 0.95 keeps 2.5 % on each side. */
  readonly level: number
  readonly multiverse: MultiverseSet
  /** An outcome that more than this share of the multiverse's cells turns is undetermined. */
  readonly mostFlips: number
  /** Below any of these the measurement is not assessable. `missing`: the largest share of attempts without a run. */
  readonly minimum: { readonly tasks: number; readonly families: number; readonly missing: number }
}

/** The full set of the method: 3 penalties, 2 weights, the plan's axis, 3 treatments, 3 rules for missing, budgets as given. */
export function usualMultiverse(axis: Axis, budgets: readonly (number | null)[] = [null]): MultiverseSet {
  return {
    lambdas: [1e-5, 0.01, 0.1],
    weights: ['inverse-root', 'equal'],
    axes: [axis],
    treatments: ['F', 'X', 'S'],
    missing: ['drop', 'zero', 'one'],
    budgets,
  }
}
