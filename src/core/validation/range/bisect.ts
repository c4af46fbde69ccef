import type { Asking } from '../ask.ts'

/** What a commit does: `fires`, `silent`, or `skip` where it does not build. */
export type AtCommit = 'fires' | 'silent' | 'skip'

/** Where it changes from `from` to the other, between two commits that are known. */
export interface Edge {
  /** Index of the first commit on the far side; null where the budget ended before. */
  readonly at: number | null
  /** Commits right before it that could not be built: the change may lie in any of them. */
  readonly unsure: number
}

/** Asks for commits by index; answers null when the budget is spent. What was asked before is remembered. */
export type Look = (index: number) => Asking<AtCommit | null>

/** Between `low` and `high`, which differ: the first commit that does as `high` does. Commits that do not build are stepped around. */
export function* edgeBetween(low: number, high: number, asHigh: AtCommit, look: Look): Asking<Edge> {
  let left = low
  let right = high
  while (right - left > 1) {
    const found = yield* nearMiddle(left, right, look)
    if (found === 'spent') return { at: null, unsure: 0 }
    if (found === null) break
    if (found.does === asHigh) right = found.index
    else left = found.index
  }
  return { at: right, unsure: right - left - 1 }
}

/** The commit nearest to the middle that builds; null where none between does. */
function* nearMiddle(left: number, right: number, look: Look): Asking<{ index: number; does: AtCommit } | null | 'spent'> {
  const middle = (left + right) >> 1
  for (let step = 0; step <= right - left; step++) {
    for (const index of step === 0 ? [middle] : [middle - step, middle + step]) {
      if (index <= left || index >= right) continue
      const does = yield* look(index)
      if (does === null) return 'spent'
      if (does !== 'skip') return { index, does }
    }
  }
  return null
}
