import { mean } from './reduce-epochs.ts'

/** Sample variance with n − 1; null below two values. */
export function variance(values: readonly number[]): number | null {
  if (values.length < 2) return null
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
}

/** Standard error of the mean as Inspect has it: 0 for a single value, null for none. */
export function standardError(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return Math.sqrt((variance(values) ?? 0) / values.length)
}

/**
 * Standard error with values of one cluster kept together: sqrt(C/(C−1) · Σ over clusters of (Σ deviations)²) / n, as in Inspect's
 * `stderr(cluster=…)`; 0 for one cluster, as there.
 */
export function clusteredError(values: readonly { readonly value: number; readonly cluster: string }[]): number | null {
  if (values.length === 0) return null
  const middle = mean(values.map((one) => one.value))
  const sums = new Map<string, number>()
  for (const { value, cluster } of values) sums.set(cluster, (sums.get(cluster) ?? 0) + value - middle)
  if (sums.size < 2) return 0
  const total = [...sums.values()].reduce((sum, one) => sum + one ** 2, 0)
  return Math.sqrt((total * sums.size) / (sums.size - 1)) / values.length
}
