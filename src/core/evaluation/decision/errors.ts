import type { Interval } from '../result.ts'

/** How often an outcome would be wrong were the truth just there, by a normal law of log2 minutes with the interval's own width. */
export interface Errors {
  /** Truth at the criterion: chance that the rule says met, and that it says not met. */
  readonly atCriterion: { readonly met: number; readonly notMet: number }
  /** Truth at twice the criterion: chance that it says not met, and that it leaves it undetermined. */
  readonly atTwice: { readonly notMet: number; readonly undetermined: number }
}

/** Both error probabilities of the guard band; null where an end of the interval is open. */
export function errorsOf({ low, high }: Interval, minutes: number): Errors | null {
  if (low.minutes === null || high.minutes === null || !(high.minutes > low.minutes) || !(minutes > 0)) return null
  const half = (Math.log2(high.minutes) - Math.log2(low.minutes)) / 2
  const se = half / 1.959964
  const gap = 1 / se
  return {
    atCriterion: { met: normal(-1.959964), notMet: normal(-1.959964) },
    atTwice: { notMet: normal(-1.959964 - gap), undetermined: normal(1.959964 - gap) - normal(-1.959964 - gap) },
  }
}

/** The standard normal distribution up to z, to 7 digits (Abramowitz and Stegun 26.2.17). */
export function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = 0.3989422804 * Math.exp((-z * z) / 2) * series
  return z > 0 ? 1 - tail : tail
}
