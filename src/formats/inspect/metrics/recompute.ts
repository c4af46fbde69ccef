import type { HeaderMetric, HeaderScore, LogHeader } from '../log/header.ts'
import type { SampleRow } from '../log/sample-row.ts'
import { scoreNumber } from '../log/score-value.ts'
import { mean, reduceEpochs, reducerNamed } from './reduce-epochs.ts'
import { clusteredError, standardError, variance } from './spread.ts'

/** What the samples in the file come to for one scorer. */
export interface RecomputedScore {
  readonly scorer: string
  /** The entry of a score with several values; null for plain scores. */
  readonly key: string | null
  readonly reducer: string
  /** Attempts with a number, and samples they belong to. */
  readonly numeric: number
  readonly samples: number
  /** Over samples, each reduced over its epochs; null without any. */
  readonly mean: number | null
  readonly stderr: number | null
}

export interface MetricCheck {
  readonly score: HeaderScore
  readonly metric: HeaderMetric
  /** `unknown`: Inspect's metrics are many and anyone may add one; this one is not recomputed here. */
  readonly outcome: 'equal' | 'differs' | 'unknown'
  readonly recomputed: number | null
}

/** Recomputes each score that the header states, or that the samples have when it states none. */
export function recompute(header: LogHeader, rows: readonly SampleRow[]): readonly RecomputedScore[] {
  const stated = header.scores.length > 0 ? header.scores : scorersOf(rows).map(plainScore)
  const all = stated.map((score): RecomputedScore | null => {
    const picked = pickOf(score, rows)
    const values = valuesOf(score, rows)
    if (values === null) return null
    const numbers = values.map((one) => one.value)
    return {
      scorer: picked.scorer,
      key: picked.key,
      reducer: score.reducer ?? 'mean',
      numeric: rows.filter((row) => numberOfRow(row, picked) !== null).length,
      samples: numbers.length,
      mean: numbers.length === 0 ? null : mean(numbers),
      stderr: standardError(numbers),
    }
  })
  return all.filter((score) => score !== null)
}

/** Compares each metric of the header with what the samples in the file come to. */
export function checkMetrics(header: LogHeader, rows: readonly SampleRow[]): readonly MetricCheck[] {
  return header.scores.flatMap((score) => {
    const values = valuesOf(score, rows)
    return score.metrics.map((metric): MetricCheck => {
      const compute = values === null || metric.group !== null ? null : METRICS.get(metric.name)
      const recomputed = compute ? compute(values!, metric) : undefined
      if (recomputed === undefined) return { score, metric, outcome: 'unknown', recomputed: null }
      return { score, metric, outcome: same(metric.value, recomputed) ? 'equal' : 'differs', recomputed }
    })
  })
}

/** Names of the scorers that the samples have, in their order. */
export function scorersOf(rows: readonly SampleRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => row.scores.map((score) => score.scorer)))]
}

type Value = { readonly row: SampleRow; readonly value: number }
type Compute = (values: readonly Value[], metric: HeaderMetric) => number | null | undefined

const numbers = (values: readonly Value[]) => values.map((one) => one.value)
const average: Compute = (values) => (values.length === 0 ? null : mean(numbers(values)))

const METRICS: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ['accuracy', average],
  ['mean', average],
  ['stderr', errorOf],
  ['std', (values) => (values.length === 0 ? null : Math.sqrt(variance(numbers(values)) ?? 0))],
  ['var', (values) => (values.length === 0 ? null : (variance(numbers(values)) ?? 0))],
])

function errorOf(values: readonly Value[], metric: HeaderMetric): number | null | undefined {
  const by = metric.params['cluster']
  if (typeof by !== 'string') return standardError(numbers(values))
  // Only short and plain metadata is kept; without it the clusters are not known.
  if (values.some(({ row }) => !Object.hasOwn(row.metadata, by))) return undefined
  return clusteredError(values.map(({ row, value }) => ({ value, cluster: String(row.metadata[by]) })))
}

interface Picked {
  readonly scorer: string
  readonly key: string | null
}

/** Which score of a sample is meant: one of that name, or the entry of that name in its scorer's. */
function pickOf(score: HeaderScore, rows: readonly SampleRow[]): Picked {
  const has = (name: string) => rows.some((row) => row.scores.some((one) => one.scorer === name))
  if (has(score.name) || score.name === score.scorer || !has(score.scorer)) return { scorer: score.name, key: null }
  const dictionary = rows.some((row) => {
    const value = row.scores.find((one) => one.scorer === score.scorer)?.value
    return typeof value === 'object' && value !== null && Object.hasOwn(value, score.name)
  })
  return { scorer: score.scorer, key: dictionary ? score.name : null }
}

function numberOfRow(row: SampleRow, { scorer, key }: Picked): number | null {
  const score = row.scores.find((one) => one.scorer === scorer)
  return score === undefined ? null : scoreNumber(score.value, key)
}

function valuesOf(score: HeaderScore, rows: readonly SampleRow[]): readonly Value[] | null {
  const reducer = reducerNamed(score.reducer)
  const picked = pickOf(score, rows)
  return reducer && reduceEpochs(rows, (row) => numberOfRow(row, picked), reducer)
}

function plainScore(name: string): HeaderScore {
  return { name, scorer: name, reducer: null, metrics: [] }
}

function same(stated: number | null, recomputed: number | null): boolean {
  if (stated === null || recomputed === null) return stated === recomputed
  return Math.abs(stated - recomputed) <= 1e-9 * Math.max(1, Math.abs(stated))
}
