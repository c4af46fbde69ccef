import type { Asking } from '../ask.ts'

/** How a thing of parts is measured and cut. */
export interface Cutting<T> {
  readonly length: (whole: T) => number
  readonly without: (whole: T, from: number, to: number) => T
}

/** Runs that may still be spent. */
export interface Budget {
  left: number
}

/** Whether each of these still does what the whole does. */
export type Holds<T> = (candidates: readonly T[]) => Asking<readonly boolean[]>

const AT_ONCE = 32

/**
 * Leaves out piece after piece, large ones first and the last ones first, as long as what is left still holds: delta debugging by
 * complements (Zeller and Hildebrandt 2002), many candidates at a time. Never leaves nothing at all. Stops when the budget is spent.
 */
export function* shrink<T>(whole: T, cutting: Cutting<T>, holds: Holds<T>, budget: Budget): Asking<T> {
  let best = whole
  for (let size = cutting.length(best) >> 1; size >= 1; ) {
    const before = cutting.length(best)
    best = yield* sweep(best, size, cutting, holds, budget)
    if (budget.left <= 0) break
    const after = cutting.length(best)
    // The same size again while it brings much; smaller pieces otherwise.
    size = after <= before - before / 4 ? Math.min(size, after >> 1) : Math.min(size >> 1, after >> 1)
  }
  return best
}

/** Tries each piece of that size once, from the end to the beginning. */
function* sweep<T>(whole: T, size: number, cutting: Cutting<T>, holds: Holds<T>, budget: Budget): Asking<T> {
  let best = whole
  let end = cutting.length(best)
  while (end > 0 && budget.left > 0) {
    const cuts: { from: number; to: number }[] = []
    for (let to = end; to > 0 && cuts.length < Math.min(AT_ONCE, budget.left); to -= size) {
      const from = Math.max(0, to - size)
      if (to - from < cutting.length(best)) cuts.push({ from, to })
    }
    if (cuts.length === 0) break
    const held = yield* tried(
      cuts.map(({ from, to }) => cutting.without(best, from, to)),
      holds,
      budget,
    )
    const good = cuts.filter((_, i) => held[i] === true)
    best = yield* together(best, good, cutting, holds, budget)
    end = cuts.at(-1)!.from
  }
  return best
}

/** Leaves out all the cuts that hold alone, if they hold together; else the first of them. Cuts go from the end to the beginning. */
function* together<T>(
  whole: T,
  cuts: readonly { from: number; to: number }[],
  cutting: Cutting<T>,
  holds: Holds<T>,
  budget: Budget,
): Asking<T> {
  const [first] = cuts
  if (first === undefined) return whole
  const one = cutting.without(whole, first.from, first.to)
  if (cuts.length === 1 || budget.left <= 0) return one
  let all = whole
  for (const { from, to } of cuts) if (to - from < cutting.length(all)) all = cutting.without(all, from, to)
  const [hold] = yield* tried([all], holds, budget)
  return hold === true ? all : one
}

function* tried<T>(candidates: readonly T[], holds: Holds<T>, budget: Budget): Asking<readonly boolean[]> {
  budget.left -= candidates.length
  return yield* holds(candidates)
}

export const BYTES: Cutting<Uint8Array> = {
  length: (whole) => whole.length,
  without: (whole, from, to) => {
    const out = new Uint8Array(whole.length - (to - from))
    out.set(whole.subarray(0, from))
    out.set(whole.subarray(to), from)
    return out
  },
}

/** A list of parts: lines, or requests. */
export const PARTS: Cutting<readonly Uint8Array[]> = {
  length: (whole) => whole.length,
  without: (whole, from, to) => [...whole.slice(0, from), ...whole.slice(to)],
}
