import { type Clustered, clusteredMean } from './clustered.ts'
import type { TaskMean } from './task-means.ts'

/** Two models on the tasks that both ran. */
export interface Paired {
  readonly tasks: number
  /** Mean of first minus second, its standard error by family and its interval, within [−1, 1]. */
  readonly difference: Clustered
  readonly firstBetter: number
  readonly secondBetter: number
}

/** The difference of two models task by task, clustered by family; never two intervals laid side by side. Null without a common task. */
export function pairedDifference(first: readonly TaskMean[], second: readonly TaskMean[]): Paired | null {
  const others = new Map(second.map((mean) => [mean.task, mean.mean]))
  const differences = first.flatMap(({ task, family, mean }) => {
    const other = others.get(task)
    return other === undefined ? [] : [{ value: mean - other, cluster: family }]
  })
  const difference = clusteredMean(differences)
  if (difference === null) return null
  const { interval } = difference
  return {
    tasks: differences.length,
    difference: {
      ...difference,
      interval: interval && { low: Math.max(-1, interval.low), high: Math.min(1, interval.high) },
    },
    firstBetter: differences.filter(({ value }) => value > 0).length,
    secondBetter: differences.filter(({ value }) => value < 0).length,
  }
}
