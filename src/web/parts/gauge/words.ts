/** Half of what a shape takes, and how far beside it its word begins. */
const SHAPE = 8
const BESIDE = 10
/** Of a letter on average, a little generous. */
const LETTER = 7
const GAP = 4

export interface Worded {
  /** Where its middle stands. */
  readonly x: number
  /** Which line of its lane it stands on. */
  readonly y: number
  readonly word: string | null
}

/**
 * On which side of its shape each word stands, so that no word touches another word, a shape, the line of now or an end; null where
 * neither side has room, and the word is left to whoever points at it. `from` and `to`: the ends; `now`: where now is.
 */
export function wordSides(
  points: readonly Worded[],
  ends: { readonly from: number; readonly to: number; readonly now: number },
): Side[] {
  const taken: { readonly y: number; readonly from: number; readonly to: number }[] = points.map(({ x, y }) => ({
    y,
    from: x - SHAPE,
    to: x + SHAPE,
  }))
  return points.map(({ x, y, word }, own) => {
    if (word === null) return null
    const long = word.length * LETTER
    for (const side of ['right', 'left'] as const) {
      const [from, to] = side === 'right' ? [x + BESIDE, x + BESIDE + long] : [x - BESIDE - long, x - BESIDE]
      if (from < ends.from || to > ends.to || (from < ends.now + GAP && to > ends.now - GAP)) continue
      if (taken.some((one, n) => n !== own && one.y === y && from < one.to + GAP && to > one.from - GAP)) continue
      taken.push({ y, from, to })
      return side
    }
    return null
  })
}

type Side = 'right' | 'left' | null
