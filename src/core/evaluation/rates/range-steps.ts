import { Generator } from '../resample/generator.ts'
import { percentile } from '../resample/percentile.ts'
import { clopperPearson } from './clopper-pearson.ts'
import type { Range } from './range.ts'

/** How far attempts got through the steps of a cyber range. */
export interface RangeSteps {
  readonly attempts: number
  readonly steps: number
  readonly mean: number
  /** Percentiles of the mean over redrawn attempts; null with one attempt and where all got equally far. */
  readonly interval: Range | null
  /** Share of attempts that reached step 1, 2, … and its exact interval. */
  readonly survival: readonly { readonly step: number; readonly share: number; readonly interval: Range }[]
  readonly complete: { readonly attempts: number; readonly share: number; readonly interval: Range }
}

const MOST_STEPS = 10_000

/** Mean steps with a seeded bootstrap over attempts, and the survival curve; null without attempts or steps. */
export function rangeSteps(reached: readonly number[], steps: number, resamples: number, seed: number): RangeSteps | null {
  const attempts = reached.length
  if (attempts === 0 || !Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS) return null
  const got = reached.map((step) => (step > 0 ? Math.min(steps, Math.floor(step)) : 0))
  const last = new Float64Array(steps + 2)
  for (const step of got) last[step]!++
  let left = attempts
  const survival = Array.from({ length: steps }, (_, i) => {
    left -= last[i]!
    return { step: i + 1, share: left / attempts, interval: clopperPearson(left, attempts) }
  })
  const all = last[steps]!
  return {
    attempts,
    steps,
    mean: got.reduce((sum, step) => sum + step, 0) / attempts,
    interval: meanInterval(got, resamples, seed),
    survival,
    complete: { attempts: all, share: all / attempts, interval: clopperPearson(all, attempts) },
  }
}

function meanInterval(got: readonly number[], resamples: number, seed: number): Range | null {
  if (got.length < 2 || resamples < 200 || got.every((step) => step === got[0])) return null
  const random = new Generator()
  const means = new Float64Array(resamples)
  for (let n = 0; n < resamples; n++) {
    random.start(seed, 1, n)
    let sum = 0
    for (let i = 0; i < got.length; i++) sum += got[random.below(got.length)]!
    means[n] = sum / got.length
  }
  means.sort()
  const low = percentile(means, 0.025)
  const high = percentile(means, 0.975)
  return low === null || high === null ? null : { low, high }
}
