import type { Panel, PanelModel } from '../table/panel.ts'

/** What a fit needs: per distinct human time the weight of the runs there, and that of the successes among them. */
export interface Sample {
  /** log2 minutes, ascending, distinct. */
  readonly x: Float64Array
  readonly weight: Float64Array
  /** Σ weight · score; between 0 and `weight`. */
  readonly solved: Float64Array
}

/** The distinct human times of a model's tasks as log2 minutes, ascending, and for each of its tasks the place among them. */
export function distinctTimes(panel: Panel, { tasks }: PanelModel): { readonly x: Float64Array; readonly at: Int32Array } {
  const own = Float64Array.from(tasks, (task) => panel.tasks[task]?.x ?? 0)
  const x = Float64Array.from(new Set(own)).sort()
  const index = new Map(Array.from(x, (value, i) => [value, i]))
  return { x, at: Int32Array.from(own, (value) => index.get(value) ?? 0) }
}

/** Sums a model's scores into a sample, in time near linear in them. */
export function sampleOf(panel: Panel, model: PanelModel, weights: Float64Array): Sample {
  const { x, at } = distinctTimes(panel, model)
  const weight = new Float64Array(x.length)
  const solved = new Float64Array(x.length)
  at.forEach((time, i) => {
    const to = model.starts[i + 1] ?? 0
    for (let run = model.starts[i] ?? 0; run < to; run++) {
      const w = weights[run] ?? 0
      weight[time] = (weight[time] ?? 0) + w
      solved[time] = (solved[time] ?? 0) + w * (model.scores[run] ?? 0)
    }
  })
  return { x, weight, solved }
}
