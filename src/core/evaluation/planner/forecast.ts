import { log2Horizon } from '../horizon/fit.ts'
import { fitModel } from '../horizon/model-fit.ts'
import { METR_1_1 } from '../horizon/profile.ts'
import { Generator } from '../resample/generator.ts'
import { horizonsOf } from '../resample/interval.ts'
import { percentile } from '../resample/percentile.ts'
import { resampleSlice } from '../resample/slice.ts'
import { designFor, type Question } from './question.ts'
import { simulate } from './simulated.ts'

/** What a plan is likely to give, before a window opens. */
export interface Forecast {
  /** Upper end over lower end of the 95 % interval, median over the simulated sets; null where most sets have no interval. */
  readonly width: number | null
  /** Chances of each outcome were the guessed horizon true; null without a criterion. */
  readonly chance: { readonly met: number; readonly notMet: number; readonly undetermined: number } | null
  readonly runs: number
  readonly tokens: number
  readonly dollars: number | null
  readonly days: number
  readonly sets: number
  readonly resamples: number
  readonly seed: number
}

/** Fits in one answer; what is left after dividing by the tasks is the number of sets. */
const WORK = 1_500_000
const RESAMPLES = 60
/** Of a normal law: from the 10 % and 90 % points to the 2.5 % and 97.5 % points. */
const STRETCH = 1.959964 / 1.281552

/**
 * Simulates the whole measurement, with its own small bootstrap, some dozens of times and reads off what came out: seeded, under a
 * second at any question that `faultOf` lets through. Widths carry a simulation error of about a tenth.
 */
export function forecast(question: Question, seed: number): Forecast {
  const design = designFor(question)
  const truth = {
    slope: question.slope,
    intercept: -question.slope * Math.log2(question.horizon),
    taskSd: question.taskSd,
    familySd: question.familySd,
  }
  const size = design.tasks.length
  const sets = Math.max(12, Math.min(80, Math.floor(WORK / (RESAMPLES * size * (question.runs > 1 ? 2 : 1)))))
  const random = new Generator()
  const widths: number[] = []
  const outcomes = { met: 0, notMet: 0, undetermined: 0 }
  for (let set = 0; set < sets; set++) {
    random.start(seed, 1, set)
    const { panel, model } = simulate(design, truth, random)
    const slice = resampleSlice(panel, METR_1_1, { seed, units: 'families' }, set * RESAMPLES, (set + 1) * RESAMPLES)
    const fit = fitModel(panel, model, METR_1_1).fit
    const values = horizonsOf(slice.models[0]!, 0.5)
    const low = percentile(values, 0.1)
    const high = percentile(values, 0.9)
    const own = fit === null ? null : log2Horizon(fit, 0.5)
    if (low === null || high === null || own === null) {
      widths.push(Number.MAX_VALUE)
      outcomes.undetermined++
      continue
    }
    const ends = { low: own - STRETCH * (own - low), high: own + STRETCH * (high - own) }
    widths.push(ends.high - ends.low)
    const at = question.criterion === null ? 0 : Math.log2(question.criterion)
    outcomes[ends.low > at ? 'met' : ends.high < at ? 'notMet' : 'undetermined']++
  }
  const middle = percentile(Float64Array.from(widths).sort(), 0.5) ?? Number.MAX_VALUE
  const runs = size * question.runs
  const tokens = runs * question.tokensPerRun
  const share = (count: number) => count / sets
  return {
    width: middle > 40 ? null : 2 ** middle,
    chance:
      question.criterion === null
        ? null
        : { met: share(outcomes.met), notMet: share(outcomes.notMet), undetermined: share(outcomes.undetermined) },
    runs,
    tokens,
    dollars: question.dollarsPerMillion === null ? null : (tokens / 1e6) * question.dollarsPerMillion,
    days: (runs * question.minutesPerRun) / question.atOnce / 1440,
    sets,
    resamples: RESAMPLES,
    seed,
  }
}
