import type { Weighting } from '../result.ts'
import type { Panel, PanelModel } from '../table/panel.ts'

/**
 * The weight of each of a model's scores: `inverse-root` 1 / (runs of the task · √ tasks of the family), `equal` 1 / runs of the
 * task, both scaled to sum 1 after every filter; `stated` as the file has them, unscaled, or null where it lacks one.
 */
export function weightsOf(panel: Panel, model: PanelModel, weighting: Weighting): Float64Array | null {
  if (weighting === 'stated') return model.stated
  const { tasks, starts } = model
  const inFamily = new Map<number, number>()
  for (const at of tasks) {
    const family = panel.tasks[at]?.family ?? 0
    inFamily.set(family, (inFamily.get(family) ?? 0) + 1)
  }
  const weights = new Float64Array(model.scores.length)
  let sum = 0
  tasks.forEach((at, i) => {
    const from = starts[i] ?? 0
    const to = starts[i + 1] ?? from
    const root = weighting === 'equal' ? 1 : Math.sqrt(inFamily.get(panel.tasks[at]?.family ?? 0) ?? 1)
    weights.fill(1 / ((to - from) * root), from, to)
    sum += 1 / root
  })
  return weights.map((weight) => weight / sum)
}
