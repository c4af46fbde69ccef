import { clusteredMean } from './clustered.ts'
import type { TaskMean } from './task-means.ts'

/**
 * How many times larger the variance of a mean is by family than with independent tasks: the median over reference models, at least
 * 1. Null when no reference model has both.
 */
export function designEffect(references: readonly (readonly TaskMean[])[]): number | null {
  const effects: number[] = []
  for (const means of references) {
    const clustered = clusteredMean(means.map(({ mean, family }) => ({ value: mean, cluster: family })))
    const single = clusteredMean(means.map(({ mean, task }) => ({ value: mean, cluster: task })))
    if (clustered?.se == null || single?.se == null) continue
    effects.push((clustered.se / single.se) ** 2)
  }
  effects.sort((a, b) => a - b)
  const high = effects[Math.floor(effects.length / 2)]
  const low = effects[Math.floor((effects.length - 1) / 2)]
  return high === undefined || low === undefined ? null : Math.max(1, (low + high) / 2)
}
