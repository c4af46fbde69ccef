import { distinctTimes } from '../horizon/sample.ts'
import type { Panel, PanelModel } from '../table/panel.ts'
import type { Generator } from './generator.ts'

/** `families`: families, then tasks within each (the default); `tasks`: tasks as one pool, too narrow where families differ. */
export type Units = 'families' | 'tasks'

/** Where each family's tasks begin and end among the panel's, which stand by family. */
export function familyBounds(panel: Panel): Int32Array {
  const bounds = new Int32Array(panel.families.length + 1)
  panel.tasks.forEach(({ family }, at) => {
    bounds[family + 1] = at + 1
  })
  return bounds
}

/** Draws families with replacement and, within each drawn one, as many of its tasks as it has; counts how often each task came. */
export function drawTasks(bounds: Int32Array, units: Units, random: Generator, times: Int32Array): void {
  times.fill(0)
  if (units === 'tasks') {
    for (let i = 0; i < times.length; i++) times[random.below(times.length)]!++
    return
  }
  const families = bounds.length - 1
  for (let i = 0; i < families; i++) {
    const family = random.below(families)
    const from = bounds[family]!
    const size = bounds[family + 1]! - from
    for (let k = 0; k < size; k++) times[from + random.below(size)]!++
  }
}

/** A model's tasks as resampling needs them: where all attempts of a task weigh and score the same, drawing among them is idle. */
export interface DrawModel {
  readonly model: PanelModel
  readonly weights: Float64Array
  /** The model's distinct human times, and for each of its tasks the place among them. */
  readonly x: Float64Array
  readonly timeAt: Int32Array
  /** Per task 1 where drawing is idle; then its whole weight and solved weight below count. */
  readonly sure: Uint8Array
  readonly taskWeight: Float64Array
  readonly taskSolved: Float64Array
}

/** Prepares a model once for all resamples. */
export function drawModel(panel: Panel, model: PanelModel, weights: Float64Array): DrawModel {
  const { x, at: timeAt } = distinctTimes(panel, model)
  const size = model.tasks.length
  const sure = new Uint8Array(size).fill(1)
  const taskWeight = new Float64Array(size)
  const taskSolved = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    const from = model.starts[i]!
    for (let run = from; run < model.starts[i + 1]!; run++) {
      if (weights[run] !== weights[from] || model.scores[run] !== model.scores[from]) sure[i] = 0
      taskWeight[i]! += weights[run]!
      taskSolved[i]! += weights[run]! * model.scores[run]!
    }
  }
  return { model, weights, x, timeAt, sure, taskWeight, taskSolved }
}

/**
 * Sums one model's part of a draw by human time: each time a task was drawn, as many of its attempts as it has are drawn with
 * replacement, each at its own weight. `weight` and `solved` are by the model's distinct times, or longer.
 */
export function sumDraw(
  { model, weights, x, timeAt, sure, taskWeight, taskSolved }: DrawModel,
  times: Int32Array,
  random: Generator,
  weight: Float64Array,
  solved: Float64Array,
): void {
  weight.fill(0, 0, x.length)
  solved.fill(0, 0, x.length)
  for (let i = 0; i < model.tasks.length; i++) {
    const drawn = times[model.tasks[i]!]!
    if (drawn === 0) continue
    const time = timeAt[i]!
    if (sure[i] === 1) {
      weight[time]! += drawn * taskWeight[i]!
      solved[time]! += drawn * taskSolved[i]!
      continue
    }
    const from = model.starts[i]!
    const attempts = model.starts[i + 1]! - from
    for (let k = drawn * attempts; k > 0; k--) {
      const run = from + random.below(attempts)
      weight[time]! += weights[run]!
      solved[time]! += weights[run]! * model.scores[run]!
    }
  }
}
