import { log2Horizon } from '../horizon/fit.ts'
import { bears, type Support } from '../horizon/support.ts'
import type { End, Interval } from '../result.ts'
import { percentile } from './percentile.ts'
import type { ModelSlice } from './slice.ts'

export const LEVEL = 0.95
const TAIL = (1 - LEVEL) / 2

/** Fewer used resamples than this give no percentile at 2.5 % worth printing. */
export const LEAST_RESAMPLES = 200

/**
 * The log2 horizons at q of the used resamples, ascending. A curve that does not fall has no longest task that it reaches: it stands
 * open above, where published intervals put most such curves too. One that crosses q beyond 2^±64 minutes stands at that infinity.
 */
export function horizonsOf(slice: ModelSlice, q: number): Float64Array {
  const logit = Math.log(q / (1 - q))
  const values = new Float64Array(slice.used.length)
  let size = 0
  for (let i = 0; i < values.length; i++) {
    if (slice.used[i] === 0) continue
    const slope = slice.slope[i]!
    const intercept = slice.intercept[i]!
    const below = slope < 0 && intercept < logit
    values[size++] = log2Horizon({ slope, intercept }, q) ?? (below ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)
  }
  return values.subarray(0, size).sort()
}

/** The 2.5 and 97.5 percentiles of the horizon at q; null with fewer than 200 used resamples. */
export function intervalOf(slice: ModelSlice, q: number, support: Support): Interval | null {
  const values = horizonsOf(slice, q)
  if (values.length < LEAST_RESAMPLES) return null
  const end = (p: number): End => {
    const log2 = percentile(values, p)
    const minutes = log2 === null ? null : 2 ** log2
    return { minutes, reliable: minutes !== null && bears(support, minutes) && isSettled(values, p) }
  }
  return { low: end(TAIL), high: end(1 - TAIL), level: LEVEL }
}

/** Whether another seed would, 95 times in 100, put this percentile of log2 values within a factor of 2 of where it is. */
function isSettled(sorted: Float64Array, p: number): boolean {
  const place = p * (sorted.length - 1)
  const reach = 1.96 * Math.sqrt(sorted.length * p * (1 - p))
  const low = sorted[Math.max(0, Math.floor(place - reach))]!
  const high = sorted[Math.min(sorted.length - 1, Math.ceil(place + reach))]!
  return high - low <= 1
}

/** The 2.5 and 97.5 percentiles of the slope; null with fewer than 200 used resamples. */
export function slopeIntervalOf(slice: ModelSlice): readonly [number, number] | null {
  const slopes = slice.slope.filter((_, i) => slice.used[i] === 1).sort()
  if (slopes.length < LEAST_RESAMPLES) return null
  const low = percentile(slopes, TAIL)
  const high = percentile(slopes, 1 - TAIL)
  return low === null || high === null ? null : [low, high]
}

/** Pointwise 2.5 and 97.5 percentiles of P(success) at each of the given minutes, for a curve's band; null with too few resamples. */
export function bandOf(slice: ModelSlice, minutes: readonly number[]): readonly { low: number; high: number }[] | null {
  const used = slice.used.reduce((sum, one) => sum + one, 0)
  if (used < LEAST_RESAMPLES) return null
  return minutes.map((at) => {
    const x = Math.log2(at)
    const chances = slice.slope
      .map((slope, i) => 1 / (1 + Math.exp(-(slope * x + slice.intercept[i]!))))
      .filter((_, i) => slice.used[i] === 1)
      .sort()
    return { low: percentile(chances, TAIL) ?? 0, high: percentile(chances, 1 - TAIL) ?? 1 }
  })
}
