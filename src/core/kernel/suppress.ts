/** Counts below this are not shown. */
export const SMALL_BELOW = 5

/**
 * A row of counts with its small ones withheld as null, and as many beside them that subtracting the shown ones from their sum
 * does not tell them: at least two, and so many that their sum leaves each open. Which neighbours go follows from their place alone,
 * never from their size, so that the choice itself tells little. Zero is small.
 */
export function suppressSmall(counts: readonly number[]): readonly (number | null)[] {
  const withheld = counts.map((count) => count < SMALL_BELOW)
  const first = withheld.indexOf(true)
  if (first === -1) return counts
  for (let step = 1; step < counts.length && !isCovered(counts, withheld); step++) {
    withheld[(first + step) % counts.length] = true
  }
  return counts.map((count, n) => (withheld[n] ? null : count))
}

// Two small counts make at most 8: a sum of 9 or more leaves at least five counts open for each, and is never one cell's alone.
function isCovered(counts: readonly number[], withheld: readonly boolean[]): boolean {
  return counts.reduce((sum, count, n) => (withheld[n] ? sum + count : sum), 0) > 2 * (SMALL_BELOW - 1)
}
