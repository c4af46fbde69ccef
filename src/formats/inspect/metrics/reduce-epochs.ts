import type { SampleRow } from '../log/sample-row.ts'

/** What Inspect makes of the epochs of one sample before it computes metrics. Null for a reducer that is not known. */
type Reducer = (values: readonly number[]) => number

export function reducerNamed(name: string | null): Reducer | null {
  if (name === null || name === 'mean') return mean
  if (name === 'median') return median
  if (name === 'max') return (values) => values.reduce((most, value) => Math.max(most, value))
  if (name === 'mode') return mode
  const counted = /^(at_least|pass_at|pass_k)_(\d{1,6})$/.exec(name)
  const k = Number(counted?.[2])
  if (counted?.[1] === 'at_least') return (values) => (full(values) >= k ? 1 : 0)
  if (counted?.[1] === 'pass_at') return (values) => passAt(values.length, full(values), k)
  return null
}

/** One number for each sample that has any, in the order of the log. */
export function reduceEpochs(
  rows: readonly SampleRow[],
  pick: (row: SampleRow) => number | null,
  reducer: Reducer,
): readonly { readonly row: SampleRow; readonly value: number }[] {
  const bySample = new Map<string, { row: SampleRow; values: number[] }>()
  for (const row of rows) {
    const value = pick(row)
    if (value === null) continue
    const sample = bySample.get(String(row.id))
    if (sample) sample.values.push(value)
    else bySample.set(String(row.id), { row, values: [value] })
  }
  return [...bySample.values()].map(({ row, values }) => ({ row, value: reducer(values) }))
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The most frequent value; of equally frequent ones the first. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

function full(values: readonly number[]): number {
  return values.filter((value) => value >= 1).length
}

/** 1 − C(n−c, k) / C(n, k) as a product (Chen et al. 2021, arXiv 2107.03374). */
function passAt(n: number, c: number, k: number): number {
  if (n - c < k) return 1
  let none = 1
  for (let i = n - c + 1; i <= n; i++) none *= 1 - k / i
  return 1 - none
}
