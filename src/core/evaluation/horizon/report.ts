import { horizonsOf, intervalOf, LEAST_RESAMPLES, LEVEL, slopeIntervalOf } from '../resample/interval.ts'
import type { ModelSlice, Slice } from '../resample/slice.ts'
import type { HorizonReport, HorizonResult, Interval, Method } from '../result.ts'
import type { Panel } from '../table/panel.ts'
import { fitPanel, type ModelFit } from './model-fit.ts'
import { notesOf } from './notes.ts'
import { judgeHorizon, LEAST_FAMILIES, LEAST_TASKS } from './outcome.ts'
import type { Profile } from './profile.ts'
import { separationOf } from './separation.ts'
import { supportOf } from './support.ts'

/** Resamples for the intervals: by families, and beside it with tasks as one pool. Both from 0, of the same panel, profile and seed. */
export interface Resamples {
  readonly seed: number
  readonly families: Slice
  readonly tasksOnly: Slice | null
}

/**
 * Every model's horizon: the fit, its intervals where there are resamples, the outcome with its words and what to know beside it.
 * Pure; equal arguments give an equal report to the last bit.
 */
export function horizonReport(panel: Panel, profile: Profile, resamples: Resamples | null): HorizonReport {
  const fits = fitPanel(panel, profile)
  // An off-scale model has no slope of its own, so it never stands among those that bound it.
  const references = fits.flatMap(referenceSlope)
  const families = byModel(resamples?.families ?? null)
  const tasksOnly = byModel(resamples?.tasksOnly ?? null)
  return {
    method: methodOf(panel, profile, resamples),
    models: fits.map((fit) => {
      const name = fit.model.model
      return horizonOf(panel, fit, references, families.get(name) ?? null, tasksOnly.get(name) ?? null)
    }),
  }
}

function byModel(slice: Slice | null): ReadonlyMap<string, ModelSlice> {
  return new Map(slice?.models.map((one) => [one.model, one]))
}

function horizonOf(
  panel: Panel,
  own: ModelFit,
  references: readonly number[],
  slice: ModelSlice | null,
  tasksOnly: ModelSlice | null,
): HorizonResult {
  const { model, fit } = own
  const times = Array.from(model.tasks, (at) => panel.tasks[at]?.x ?? 0)
  const support = supportOf(times)
  const slopeInterval = slice && fit ? slopeIntervalOf(slice) : null
  const verdict = judgeHorizon(own, { choice: panel.choice, times, support, references, slopeInterval })
  // A bounded horizon keeps its resamples in the annex: their low end is where the suite still speaks.
  const numbered = verdict.outcome === 'estimated' || verdict.outcome === 'beyond-longest'
  const draw = (from: ModelSlice | null, q: number): Interval | null =>
    from !== null && support !== null && numbered ? intervalOf(from, q, support) : null
  const used = slice ? slice.used.reduce((sum, one) => sum + one, 0) : 0
  const base = {
    ...verdict,
    interval: draw(slice, 0.5),
    interval80: draw(slice, 0.8),
    tasksOnly: draw(tasksOnly, 0.5),
    slopeInterval,
    resamples: slice && fit ? { used, skipped: slice.used.length - used } : null,
  }
  const flat = slice && fit ? horizonsOf(slice, 0.5).reduce((sum, h) => sum + (Number.isFinite(h) ? 0 : 1), 0) : 0
  const { counts } = model
  const enough = counts.tasks >= LEAST_TASKS && counts.families >= LEAST_FAMILIES
  const starved = slice !== null && used < LEAST_RESAMPLES
  return {
    model: model.model,
    ...base,
    fit,
    counts,
    notes: notesOf(panel, own, support, base, flat),
    assessable: verdict.outcome === 'estimated' && enough && !starved,
  }
}

/** The slope of a model that may lend it to another: one that falls, of data that overlap, on enough tasks. */
function referenceSlope({ fit, sample, model }: ModelFit): number[] {
  const sound = fit !== null && fit.slope < -1e-9 && separationOf(sample) === null && model.counts.tasks >= LEAST_TASKS
  return sound ? [fit.slope] : []
}

function methodOf({ choice }: Panel, profile: Profile, resamples: Resamples | null): Method {
  return {
    name: 'weir-horizon-1',
    profile: profile.name,
    lambda: profile.lambda,
    weights: profile.weights,
    axis: choice.axis,
    treatment: choice.treatment,
    missing: choice.missing,
    resampling: resamples && {
      resamples: resamples.families.to - resamples.families.from,
      seed: resamples.seed,
      generator: 'xoshiro128**',
      units: 'families, tasks, attempts',
      level: LEVEL,
      percentiles: 'linear interpolation on log2 minutes',
    },
  }
}
