import { fitCurve } from '../horizon/fit.ts'
import type { Profile } from '../horizon/profile.ts'
import { sampleOf } from '../horizon/sample.ts'
import { weightsOf } from '../horizon/weights.ts'
import type { Panel, PanelModel } from '../table/panel.ts'
import { drawModel, drawTasks, familyBounds, sumDraw, type Units } from './draw.ts'
import { Generator, streamOf } from './generator.ts'
import { warmFit } from './warm-fit.ts'

/** The curves of some resamples of one model. Entry i is resample `from + i`; where `used[i]` is 0 its draw had one class only. */
export interface ModelSlice {
  readonly model: string
  readonly used: Uint8Array
  readonly slope: Float64Array
  readonly intercept: Float64Array
}

/** Resamples `from` up to, without, `to`. Plain data: it may be computed in a worker and handed over. */
export interface Slice {
  readonly from: number
  readonly to: number
  readonly models: readonly ModelSlice[]
}

export interface Resampling {
  /** A whole number from 0 to 2^53 − 1. */
  readonly seed: number
  readonly units: Units
}

const TASK_STREAM = 0

/**
 * Fits every model of a panel on resamples `from` to `to`, the same families and tasks for all. Resample n depends on the seed, n and
 * the panel's tasks alone (its attempts on the model's name and runs too), so slices computed apart join to the same answer.
 */
export function resampleSlice(panel: Panel, profile: Profile, { seed, units }: Resampling, from: number, to: number): Slice {
  const bounds = familyBounds(panel)
  const runners = panel.models.map((model) => runner(panel, model, profile, to - from))
  const times = new Int32Array(panel.tasks.length)
  const random = new Generator()
  const most = panel.tasks.length
  const room = { weight: new Float64Array(most), solved: new Float64Array(most) }
  const packed = { x: new Float64Array(most), weight: new Float64Array(most), solved: new Float64Array(most) }
  const curve = { slope: 0, intercept: 0 }
  for (let n = from; n < to; n++) {
    random.start(seed, TASK_STREAM, n)
    drawTasks(bounds, units, random, times)
    for (const { draw, stream, start, slice } of runners) {
      if (draw === null || start === null) continue
      random.start(seed, stream, n)
      sumDraw(draw, times, random, room.weight, room.solved)
      const size = pack(draw.x, room.weight, room.solved, packed)
      if (size === 0) continue
      warmFit(packed.x, packed.weight, packed.solved, size, profile.lambda, start, curve)
      slice.used[n - from] = 1
      slice.slope[n - from] = curve.slope
      slice.intercept[n - from] = curve.intercept
    }
  }
  return { from, to, models: runners.map(({ slice }) => slice) }
}

function runner(panel: Panel, model: PanelModel, profile: Profile, size: number) {
  const weights = weightsOf(panel, model, profile.weights) ?? weightsOf(panel, model, 'inverse-root')
  const slice: ModelSlice = {
    model: model.model,
    used: new Uint8Array(size),
    slope: new Float64Array(size),
    intercept: new Float64Array(size),
  }
  const idle = weights === null || model.counts.successes === 0 || model.counts.successes === model.counts.runs
  // A stream of 0 is the tasks' own.
  const stream = streamOf(model.model) || 1
  if (idle) return { draw: null, start: null, stream, slice }
  return {
    draw: drawModel(panel, model, weights),
    start: fitCurve(sampleOf(panel, model, weights), profile.lambda),
    stream,
    slice,
  }
}

interface Sums {
  readonly x: Float64Array
  readonly weight: Float64Array
  readonly solved: Float64Array
}

/** Moves the times that were drawn to the front; answers how many, or 0 where all were solved or none. */
function pack(x: Float64Array, weights: Float64Array, solveds: Float64Array, to: Sums): number {
  let size = 0
  let some = false
  let lacking = false
  for (let i = 0; i < x.length; i++) {
    const weight = weights[i]!
    if (weight === 0) continue
    const solved = solveds[i]!
    if (solved > 0) some = true
    if (solved < weight) lacking = true
    to.x[size] = x[i]!
    to.weight[size] = weight
    to.solved[size] = solved
    size++
  }
  return some && lacking ? size : 0
}

/** Slices of the same panel and settings put together in order; null when they overlap, leave a gap or name other models. */
export function joinSlices(slices: readonly Slice[]): Slice | null {
  const sorted = [...slices].sort((a, b) => a.from - b.from)
  const first = sorted[0]
  if (!first) return null
  const fits = sorted.every(
    (slice, i) =>
      (i === 0 || slice.from === sorted[i - 1]?.to) &&
      slice.models.length === first.models.length &&
      slice.models.every(({ model }, m) => model === first.models[m]?.model),
  )
  if (!fits) return null
  const last = sorted.at(-1) ?? first
  const size = last.to - first.from
  const models = first.models.map(({ model }, m) => {
    const whole = { model, used: new Uint8Array(size), slope: new Float64Array(size), intercept: new Float64Array(size) }
    for (const slice of sorted) {
      const part = slice.models[m]
      if (!part) continue
      whole.used.set(part.used, slice.from - first.from)
      whole.slope.set(part.slope, slice.from - first.from)
      whole.intercept.set(part.intercept, slice.from - first.from)
    }
    return whole
  })
  return { from: first.from, to: last.to, models }
}
