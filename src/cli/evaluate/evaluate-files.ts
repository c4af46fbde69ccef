import { curveSvg } from '../../core/evaluation/curve/curve-svg.ts'
import { ENOUGH_FAMILIES } from '../../core/evaluation/decision/evidence.ts'
import { binsOf } from '../../core/evaluation/figures/bins.ts'
import { METR_1_0, METR_1_1 } from '../../core/evaluation/horizon/profile.ts'
import { horizonReport } from '../../core/evaluation/horizon/report.ts'
import { type SimulatedCoverage, simulateCoverage } from '../../core/evaluation/planner/coverage.ts'
import { designOf, USUAL_NOISE } from '../../core/evaluation/planner/simulated.ts'
import { bandOf } from '../../core/evaluation/resample/interval.ts'
import type { HorizonReport } from '../../core/evaluation/result.ts'
import type { Axis, RunTable } from '../../core/evaluation/run-row.ts'
import { headline } from '../../core/evaluation/table/choice.ts'
import { panelOf } from '../../core/evaluation/table/panel.ts'
import { axesOf } from '../../core/evaluation/table/task-book.ts'
import type { EvaluateOptions } from './evaluate-options.ts'
import { parallelSlices } from './parallel-slices.ts'

export interface Evaluated {
  readonly report: HorizonReport
  readonly axis: Axis
  readonly axes: ReturnType<typeof axesOf>
  /** The curve of one model as SVG. */
  readonly svg: (model: string) => string
  /** Simulated coverage of one model's interval; null where 12 families or more, or no interval, make it needless. Seconds. */
  readonly coverage: (model: string) => SimulatedCoverage | null
}

/** The axis asked for, else `stated`, else `best`, else the one that most tasks have. */
export function axisFor(table: RunTable, asked: Axis | undefined): Axis {
  if (asked !== undefined) return asked
  const axes = axesOf(table)
  const has = (axis: Axis) => axes.some((one) => one.axis === axis)
  if (has('stated') || axes.length === 0) return 'stated'
  if (has('best')) return 'best'
  return axes.reduce((most, one) => (one.tasks > most.tasks ? one : most)).axis
}

/** Fits, resamples on all cores and judges every model of a table. */
export async function evaluateTable(
  table: RunTable,
  options: EvaluateOptions,
  signal: AbortSignal,
  done: (count: number) => void,
): Promise<Evaluated> {
  const axis = axisFor(table, options.axis)
  const profile = { ...(options.profile === 'metr-1.0' ? METR_1_0 : METR_1_1), weights: options.weights }
  const panel = panelOf(table, headline(axis))
  const { resamples, seed } = options
  const families =
    resamples === 0 ? null : await parallelSlices(panel, profile, { seed, units: 'families' }, resamples, signal, done)
  const report = horizonReport(panel, profile, families === null ? null : { seed, families, tasksOnly: null })
  const svg = (model: string) => {
    const at = report.models.findIndex((one) => one.model === model)
    const result = report.models[at]
    const packed = panel.models[at]
    if (!result || !packed) throw new Error('no such model')
    const times = Array.from(packed.tasks, (task) => panel.tasks[task]?.x ?? 0)
    const low = times.reduce((least, x) => Math.min(least, x), 64)
    const high = times.reduce((most, x) => Math.max(most, x), -64)
    const minutes = times.length === 0 ? [] : Array.from({ length: 41 }, (_, i) => 2 ** (low + ((high - low) * i) / 40))
    const slice = families?.models[at]
    const band = slice ? bandOf(slice, minutes) : null
    return curveSvg({
      title: `Success by human time: ${model}`,
      curve: result.fit,
      p50: result.p50,
      interval: result.interval,
      band: band === null ? [] : minutes.map((one, i) => ({ minutes: one, low: band[i]!.low, high: band[i]!.high })),
      bins: binsOf(panel, packed),
      criterion: null,
      say: result.say,
    })
  }
  const coverage = (model: string) => {
    const at = report.models.findIndex((one) => one.model === model)
    const result = report.models[at]
    const packed = panel.models[at]
    if (!result?.fit || !packed || result.interval === null || result.counts.families >= ENOUGH_FAMILIES) return null
    return simulateCoverage(designOf(panel, packed), { ...result.fit, ...USUAL_NOISE }, seed)
  }
  return { report, axis, axes: axesOf(table), svg, coverage }
}
