import type { HorizonResult } from '../result.ts'
import type { Sample } from './sample.ts'

/**
 * Minutes of the longest solved and the shortest failed task where no failed one is shorter than any solved one: then the likelihood
 * rises for ever with the slope, and only the penalty makes it a number. Null where the two overlap, and where every task has the
 * same human time.
 */
export function separationOf({ x, weight, solved }: Sample): HorizonResult['gap'] {
  let longestSolved = Number.NEGATIVE_INFINITY
  let shortestFailed = Number.POSITIVE_INFINITY
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? 0
    if ((solved[i] ?? 0) > 0) longestSolved = Math.max(longestSolved, at)
    if ((solved[i] ?? 0) < (weight[i] ?? 0)) shortestFailed = Math.min(shortestFailed, at)
  }
  if (x.length < 2 || !Number.isFinite(longestSolved) || !Number.isFinite(shortestFailed)) return null
  return longestSolved <= shortestFailed ? { longestSolved: 2 ** longestSolved, shortestFailed: 2 ** shortestFailed } : null
}
