/** Random numbers that follow from a seed: the same proof asks for the same runs. */
export interface Chance {
  /** A whole number from 0 up to, not including, `n`; 0 where `n` is below 2. */
  readonly below: (n: number) => number
  readonly pick: <T>(from: readonly T[]) => T
}

/** Mulberry32 over a seed and words that say what it is for, so that two uses never share a stream. */
export function chance(seed: number, ...what: readonly string[]): Chance {
  // FNV-1a over the words.
  let state = (seed | 0) ^ 0x811c9dc5
  for (const c of what.join('\0')) state = Math.imul(state ^ c.codePointAt(0)!, 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (n: number) => (n < 2 ? 0 : next() % n)
  return { below, pick: (from) => from[below(from.length)]! }
}
