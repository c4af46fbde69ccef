import { METR_1_1, type Profile } from '../horizon/profile.ts'
import { Generator } from '../resample/generator.ts'
import { horizonsOf } from '../resample/interval.ts'
import { percentile } from '../resample/percentile.ts'
import { resampleSlice } from '../resample/slice.ts'
import { type Design, simulate, type Truth } from './simulated.ts'

/** How often the 95 % interval held the truth in a simulation at a report's own design. */
export interface SimulatedCoverage {
  readonly coverage: number
  /** Of the simulation itself. */
  readonly se: number
  readonly sets: number
  readonly resamples: number
  readonly taskSd: number
  readonly familySd: number
  readonly seed: number
}

/**
 * Coverage of the interval of p50 at one design, were the truth the fitted curve with that noise. Sets without an interval count as
 * not covered. Cost: sets × resamples fits.
 */
export function simulateCoverage(
  design: Design,
  truth: Truth,
  seed: number,
  { sets, resamples, profile }: { readonly sets: number; readonly resamples: number; readonly profile: Profile } = {
    sets: 400,
    resamples: 200,
    profile: METR_1_1,
  },
): SimulatedCoverage {
  const target = -truth.intercept / truth.slope
  const random = new Generator()
  let covered = 0
  for (let set = 0; set < sets; set++) {
    random.start(seed, 2, set)
    const { panel } = simulate(design, truth, random)
    const slice = resampleSlice(panel, profile, { seed, units: 'families' }, set * resamples, (set + 1) * resamples)
    const values = horizonsOf(slice.models[0]!, 0.5)
    const low = percentile(values, 0.025)
    const high = percentile(values, 0.975)
    if ((low === null || low <= target) && (high === null || high >= target) && values.length > 0) covered++
  }
  const coverage = covered / sets
  const se = Math.sqrt((coverage * (1 - coverage)) / sets)
  return { coverage, se, sets, resamples, taskSd: truth.taskSd, familySd: truth.familySd, seed }
}
