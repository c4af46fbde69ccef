import type { Panel, PanelModel } from '../table/panel.ts'

/** What a fit needs: per distinct human time the weight of the runs there, and that of the successes among them. */
export interface Sample {
  /** log2 minutes, ascending, distinct. */
  readonly x: Float64Array
  readonly weight: Float64Array
  /** Σ weight · score; between 0 and `weight`. */
  readonly solved: Float64Array
}

/** The index of each of the panel's tasks among its distinct human times, and those times as log2 minutes, ascending. */
export function distinctTimes(panel: Panel): { readonly x: Float64Array; readonly at: Int32Array } {
  const x = Float64Array.from(new Set(panel.tasks.map((task) => task.x))).sort()
  const index = new Map(Array.from(x, (value, i) => [value, i]))
  return { x, at: Int32Array.from(panel.tasks, (task) => index.get(task.x) ?? 0) }
}

/** Sums a model's scores into a sample; times that the model never ran are left out. */
export function sampleOf(panel: Panel, model: PanelModel, weights: Float64Array): Sample {
  const { x, at } = distinctTimes(panel)
  const weight = new Float64Array(x.length)
  const solved = new Float64Array(x.length)
  model.tasks.forEach((task, i) => {
    const time = at[task] ?? 0
    const to = model.starts[i + 1] ?? 0
    for (let run = model.starts[i] ?? 0; run < to; run++) {
      const w = weights[run] ?? 0
      weight[time] = (weight[time] ?? 0) + w
      solved[time] = (solved[time] ?? 0) + w * (model.scores[run] ?? 0)
    }
  })
  const used = (_: number, i: number) => (weight[i] ?? 0) > 0
  return { x: x.filter(used), weight: weight.filter(used), solved: solved.filter(used) }
}
