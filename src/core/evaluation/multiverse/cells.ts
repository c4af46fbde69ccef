import { cutAt } from '../budget/budget-cut.ts'
import { fitModel } from '../horizon/model-fit.ts'
import { profileOf } from '../horizon/profile.ts'
import type { MultiverseSet } from '../plan/plan.ts'
import type { Missing, Treatment, Weighting } from '../result.ts'
import type { Axis, RunTable } from '../run-row.ts'
import { panelOf } from '../table/panel.ts'

/** One way of analysis and the horizons it gives; null where it gives none. */
export interface Cell {
  readonly lambda: number
  readonly weights: Weighting
  readonly axis: Axis
  readonly treatment: Treatment
  readonly missing: Missing
  readonly budget: number | null
  readonly p50: number | null
  readonly p80: number | null
  /** `low`, `high`: where there is no number because nothing, or everything, was solved. */
  readonly off: 'low' | 'high' | null
}

/** Every combination of the set, in its order, fitted for one model. Costs one fit a cell and one panel a choice. */
export function multiverseCells(table: RunTable, model: string, set: MultiverseSet): readonly Cell[] {
  const own: RunTable = { runs: table.runs.filter((row) => row.model === model), tasks: table.tasks }
  return set.budgets.flatMap((budget) => {
    const cut = cutAt(own, budget)
    return set.axes.flatMap((axis) =>
      set.treatments.flatMap((treatment) =>
        set.missing.flatMap((missing) => {
          const panel = panelOf(cut, { axis, treatment, missing })
          const [packed] = panel.models
          return set.lambdas.flatMap((lambda) =>
            set.weights.map((weights): Cell => {
              const fit = packed ? fitModel(panel, packed, profileOf(lambda, weights)).fit : null
              const counts = packed?.counts
              const off =
                fit !== null || !counts || counts.runs === 0
                  ? null
                  : counts.successes === 0
                    ? ('low' as const)
                    : ('high' as const)
              return { lambda, weights, axis, treatment, missing, budget, p50: fit?.p50 ?? null, p80: fit?.p80 ?? null, off }
            }),
          )
        }),
      ),
    )
  })
}
