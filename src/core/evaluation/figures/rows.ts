/** Numbers of rows as ranges, both ends in: `[[0, 11], [15, 15]]`. */
export type Ranges = readonly (readonly [from: number, to: number])[]

/** Packs row numbers, in any order and also twice, into ascending ranges. */
export function rangesOf(numbers: readonly number[]): Ranges {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const n of sorted) {
    const last = ranges.at(-1)
    if (last && last[1] === n - 1) last[1] = n
    else ranges.push([n, n])
  }
  return ranges
}

/** Where a figure came from: a named set of rows, without those of another. Names are keys of `AnalysisFigures.sets`. */
export interface RowsRef {
  readonly of: string
  readonly without: string | null
}

export function rowsOf(of: string, without: string | null = null): RowsRef {
  return { of, without }
}
