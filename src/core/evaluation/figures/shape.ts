import type { Outcome } from '../../docket/docket.ts'
import type { BudgetCurve } from '../budget/budget-curve.ts'
import type { Judged } from '../decision/judge-criterion.ts'
import type { LeftOut } from '../influence/leave-out.ts'
import type { PersonFit } from '../irt/person-fit.ts'
import type { Cell } from '../multiverse/cells.ts'
import type { Plan } from '../plan/plan.ts'
import type { SimulatedCoverage } from '../planner/coverage.ts'
import type { Accuracy } from '../rates/accuracy.ts'
import type { PassRate } from '../rates/pass-at.ts'
import type { Curve, HorizonResult, Method, Missing, Treatment } from '../result.ts'
import type { Axis } from '../run-row.ts'
import type { Ranges, RowsRef } from './rows.ts'

export const FIGURES_FORMAT = 'weir-figures-1'

type Sourced<T> = T & { readonly rows: RowsRef }

/** One bin of the curve's points: tasks whose human time lies in [from, to). */
export interface Bin {
  /** Minutes. */
  readonly from: number
  readonly to: number
  readonly tasks: number
  readonly runs: number
  /** Mean over tasks of the mean over runs. */
  readonly success: number
}

/** What one measurement says. Numbers are rounded to six significant digits; minutes, shares in [0, 1], tokens. */
export interface AnalysisFigures {
  readonly format: typeof FIGURES_FORMAT
  readonly model: string
  readonly suite: { readonly name: string; readonly version: string } | null
  readonly elicitation: readonly string[]
  readonly method: Method
  /** Named sets of rows, by their numbers in the bundle’s `rows.csv`: `all`, `family:…`, `task:…`, `missing`, `confirmed`. */
  readonly sets: Readonly<Record<string, Ranges>>
  readonly horizon: Sourced<HorizonResult>
  readonly treatments: readonly Sourced<{ readonly treatment: Treatment; readonly result: HorizonResult }>[]
  readonly missing: readonly Sourced<{ readonly missing: Missing; readonly p50: number | null; readonly say: string }>[]
  readonly axes: readonly Sourced<{
    readonly axis: Axis
    readonly tasks: number
    readonly p50: number | null
    readonly say: string
  }>[]
  readonly accuracy: Sourced<Accuracy> | null
  readonly pass: readonly Sourced<PassRate>[]
  readonly families: readonly Sourced<{ readonly family: string; readonly tasks: number; readonly value: number }>[]
  readonly influence: { readonly families: readonly Sourced<LeftOut>[]; readonly tasks: readonly Sourced<LeftOut>[] }
  readonly budget: Sourced<BudgetCurve>
  readonly multiverse: Sourced<{
    readonly cells: readonly Cell[]
    readonly spread: { readonly low: number; readonly high: number } | null
  }>
  /** Null with fewer than two models. */
  readonly ability: Sourced<{
    readonly theta: number
    readonly sd: number
    readonly models: number
    readonly items: number
    readonly fit: PersonFit | null
  }> | null
  /** Printed beside the interval with fewer than 12 families; else null. */
  readonly coverage: SimulatedCoverage | null
  readonly curve: Curve | null
  readonly band: readonly { readonly minutes: number; readonly low: number; readonly high: number }[]
  readonly bins: readonly Sourced<Bin>[]
  /** What these figures cannot exclude, as sentences. */
  readonly limits: readonly string[]
  readonly decision: DecisionFigure | null
}

/** What came of the plan. Where the criteria are sealed, `shown` is null and nothing here brackets them. */
export interface DecisionFigure {
  readonly outcome: Outcome
  readonly say: string
  readonly method: string
  /** SHA-256 of the plan, hex. */
  readonly plan: string
  /** HMAC-SHA-256 over plan digest and outcome with a key of the benchmark’s compartment, hex; null where nobody keyed it. */
  readonly commitment: string | null
  readonly shown: { readonly plan: Plan; readonly criteria: readonly Judged[] } | null
}
