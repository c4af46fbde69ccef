import { upperWhenNone } from './clopper-pearson.ts'
import { clusteredMean } from './clustered.ts'
import type { Range } from './range.ts'
import type { TaskMean } from './task-means.ts'

/** How well a model does, on these tasks and on tasks like these. */
export interface Accuracy {
  readonly tasks: number
  readonly families: number
  readonly attempts: number
  /** Mean of the task means. */
  readonly value: number
  /**
   * Of the value on exactly these tasks: √(Σ s_i²/n_i) / m; null where a task was run once or no attempts differ, because then the
   * noise within tasks was not seen.
   */
  readonly withinSe: number | null
  /** On tasks like these, families drawn: standard error and interval, the latter within [0, 1]. */
  readonly familySe: number | null
  readonly interval: Range | null
  /** `family`: from the spread between families; `none-solved`, `all-solved`: from the number of tasks divided by the design effect. */
  readonly basis: 'family' | 'none-solved' | 'all-solved' | 'none'
  /** In words, why there is no interval, or what bounds it. */
  readonly say: string
}

/**
 * Benchmark accuracy with the noise within tasks, and generalised accuracy clustered by family. Where nothing or everything was
 * solved, the bound is that of tasks / `designEffect` independent trials; the design effect, at least 1, comes from reference models
 * (`designEffect`), and without one no bound is claimed. Null without tasks.
 */
export function accuracyOf(means: readonly TaskMean[], designEffect: number | null): Accuracy | null {
  const clustered = clusteredMean(means.map(({ mean, family }) => ({ value: mean, cluster: family })))
  if (clustered === null) return null
  const tasks = means.length
  const base = {
    tasks,
    families: clustered.clusters,
    attempts: means.reduce((sum, { attempts }) => sum + attempts, 0),
    value: Math.min(1, Math.max(0, clustered.mean)),
    withinSe: withinSe(means),
    familySe: clustered.se,
  }
  const none = means.every(({ mean }) => mean === 0)
  if (none || means.every(({ mean }) => mean === 1)) return { ...base, ...offScale(none, tasks, designEffect) }
  if (clustered.interval === null) {
    const say = clustered.clusters < 2 ? 'One family: no interval.' : 'All tasks have the same mean: no interval.'
    return { ...base, interval: null, basis: 'none', say }
  }
  const interval = { low: Math.max(0, clustered.interval.low), high: Math.min(1, clustered.interval.high) }
  return { ...base, interval, basis: 'family', say: `By the spread between ${clustered.clusters} families.` }
}

function withinSe(means: readonly TaskMean[]): number | null {
  let sum = 0
  for (const { variance, attempts } of means) {
    if (variance === null) return null
    sum += variance / attempts
  }
  return sum > 0 ? Math.sqrt(sum) / means.length : null
}

function offScale(none: boolean, tasks: number, effect: number | null): Pick<Accuracy, 'interval' | 'basis' | 'say'> {
  const basis = none ? 'none-solved' : 'all-solved'
  const what = none ? 'Nothing was solved' : 'Everything was solved'
  if (effect === null)
    return { interval: null, basis, say: `${what}; no reference model says how alike the tasks are, so there is no bound.` }
  const effective = tasks / Math.max(1, effect)
  const reach = upperWhenNone(effective)
  const interval = none ? { low: 0, high: reach } : { low: 1 - reach, high: 1 }
  return { interval, basis, say: `${what}: bounded as ${effective.toPrecision(3)} independent tasks.` }
}
