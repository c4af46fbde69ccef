import type { Range } from './range.ts'
import { studentT } from './student-t.ts'

/** A mean with its standard error by cluster. */
export interface Clustered {
  readonly mean: number
  readonly clusters: number
  /** √(C/(C−1) · Σ d_c²) / m with d_c the sum of a cluster's deviations; null with one cluster and where nothing varies. */
  readonly se: number | null
  /** mean ± t(0.975, C−1) · se; null where there is no standard error. */
  readonly interval: Range | null
}

/**
 * The mean of values that come in clusters (of tasks by family, of runs by task): what varies between clusters counts as uncertainty
 * about further ones. One cluster gives no interval, and neither do values without spread: 0 is not an error. Null without values.
 */
export function clusteredMean(values: readonly { readonly value: number; readonly cluster: string }[]): Clustered | null {
  const m = values.length
  if (m === 0) return null
  const mean = values.reduce((sum, { value }) => sum + value, 0) / m
  const deviations = new Map<string, number>()
  for (const { value, cluster } of values) deviations.set(cluster, (deviations.get(cluster) ?? 0) + value - mean)
  const clusters = deviations.size
  const varies = values.some(({ value }) => value !== values[0]?.value)
  if (clusters < 2 || !varies) return { mean, clusters, se: null, interval: null }
  let squares = 0
  for (const deviation of deviations.values()) squares += deviation * deviation
  const se = Math.sqrt((clusters / (clusters - 1)) * squares) / m
  // Clusters whose deviations happen to cancel exactly say nothing about their spread.
  if (!(se > 1e-12)) return { mean, clusters, se: null, interval: null }
  const reach = studentT(0.975, clusters - 1) * se
  return { mean, clusters, se, interval: { low: mean - reach, high: mean + reach } }
}
