import type { RunRow } from '../run-row.ts'
import { isRun } from '../table/worth.ts'
import { tokensNeeded } from './budget-cut.ts'

/** Tokens at which the curve is read. */
export const BUDGETS = [250_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000] as const

export interface BudgetPoint {
  readonly tokens: number
  /** Mean over tasks of the mean over runs, in [0, 1]. */
  readonly success: number
}

export interface BudgetCurve {
  readonly points: readonly BudgetPoint[]
  /** Gain of the last doubling that the runs reach, in points of success (0 to 100), with its 95 % interval by family. */
  readonly lastDoubling: {
    readonly from: number
    readonly to: number
    readonly points: number
    readonly low: number | null
    readonly high: number | null
  } | null
  /** False: success still rises by more than two points a doubling, so that every number here is a lower bound. Null: not known. */
  readonly saturated: boolean | null
  /** Runs that say nothing about tokens and could not be placed. */
  readonly unplaced: number
  readonly say: string
}

/** Points of success a doubling above which a result is called a lower bound. */
export const STILL_RISING = 2

/**
 * Success by budget from the same transcripts: a run that needed more tokens counts 0. `critical` is the two-sided 97.5 % point of
 * Student's t for so many degrees of freedom. The doubling is the last below the most that any run spent.
 */
export function budgetCurve(rows: readonly RunRow[], critical: (freedom: number) => number): BudgetCurve {
  const runs = rows.filter(isRun)
  const placed = runs.filter((row) => (row.score ?? 0) === 0 || tokensNeeded(row) !== null)
  const spent = placed.reduce((most, row) => Math.max(most, row.tokens ?? tokensNeeded(row) ?? 0), 0)
  const unplaced = runs.length - placed.length
  if (placed.length === 0 || spent === 0) {
    return { points: [], lastDoubling: null, saturated: null, unplaced, say: 'The runs say nothing about tokens.' }
  }
  const points = BUDGETS.map((tokens) => ({ tokens, success: successAt(placed, tokens) }))
  const lastDoubling = doubling(placed, spent / 2, spent, critical)
  const saturated = lastDoubling.points <= STILL_RISING
  const gain = `${lastDoubling.points.toFixed(1)} points`
  const say = saturated
    ? `The last doubling of tokens, up to ${spent}, brought ${gain}: at most ${STILL_RISING}, so the budget is taken as enough.`
    : `Not saturated, lower bound: the last doubling of tokens, up to ${spent}, still brought ${gain}.`
  return { points, lastDoubling, saturated, unplaced, say }
}

function successAt(rows: readonly RunRow[], tokens: number): number {
  const tasks = new Map<string, { sum: number; n: number }>()
  for (const row of rows) {
    const at = tasks.get(row.task) ?? { sum: 0, n: 0 }
    at.n++
    at.sum += scoreAt(row, tokens)
    tasks.set(row.task, at)
  }
  let sum = 0
  for (const { sum: solved, n } of tasks.values()) sum += solved / n
  return sum / tasks.size
}

function scoreAt(row: RunRow, tokens: number): number {
  if (row.reason !== 'scored') return 0
  return (tokensNeeded(row) ?? 0) <= tokens ? (row.score ?? 0) : 0
}

/** The gain by task, clustered by family as a rate is: SE = √(C/(C−1) · Σ d_c²) / m. */
function doubling(rows: readonly RunRow[], from: number, to: number, critical: (freedom: number) => number) {
  const tasks = new Map<string, { family: string; sum: number; n: number }>()
  for (const row of rows) {
    const at = tasks.get(row.task) ?? { family: row.family, sum: 0, n: 0 }
    at.n++
    at.sum += scoreAt(row, to) - scoreAt(row, from)
    tasks.set(row.task, at)
  }
  const gains = [...tasks.values()].map(({ family, sum, n }) => ({ family, gain: sum / n }))
  const mean = gains.reduce((sum, { gain }) => sum + gain, 0) / gains.length
  const clusters = new Map<string, number>()
  for (const { family, gain } of gains) clusters.set(family, (clusters.get(family) ?? 0) + gain - mean)
  const c = clusters.size
  const squares = [...clusters.values()].reduce((sum, d) => sum + d * d, 0)
  const half = c < 2 ? null : (critical(c - 1) * Math.sqrt((c / (c - 1)) * squares)) / gains.length
  const low = half === null ? null : 100 * (mean - half)
  return {
    from: Math.round(from),
    to: Math.round(to),
    points: 100 * mean,
    low,
    high: half === null ? null : 100 * (mean + half),
  }
}
