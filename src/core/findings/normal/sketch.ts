export const SKETCH_SIZE = 16

/** 32-bit FNV-1a of a text's UTF-16 units: spreads words over a sketch, keeps no secret. */
function hash32(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

// Odd multipliers and offsets of the hash family, from a fixed linear generator: the same on every machine for ever.
const FAMILY = coefficients()

function coefficients(): readonly (readonly [number, number])[] {
  let state = 0x9e3779b9
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
  return Array.from({ length: SKETCH_SIZE }, () => [next() | 1, next()] as const)
}

/**
 * A MinHash sketch of the text's runs of three words: the share of equal numbers in two sketches estimates how much of the
 * texts is the same. Empty for texts of fewer than 8 words, which are all alike.
 */
export function sketchOf(words: readonly string[]): number[] {
  if (words.length < 8) return []
  const least = new Array<number>(SKETCH_SIZE).fill(0xffffffff)
  const hashes = words.map(hash32)
  for (let i = 0; i + 2 < hashes.length; i++) {
    const run =
      (Math.imul(hashes[i]!, 31) ^ Math.imul(hashes[i + 1]!, 0x85ebca6b) ^ Math.imul(hashes[i + 2]!, 0xc2b2ae35)) >>> 0
    for (let k = 0; k < SKETCH_SIZE; k++) {
      const [factor, offset] = FAMILY[k]!
      // The high bits mix best; a multiplicative hash leaves its low bits weak.
      const mixed = (Math.imul(run ^ (run >>> 15), factor) + offset) >>> 0
      if (mixed < least[k]!) least[k] = mixed
    }
  }
  return least
}

/** Estimated share of three-word runs that two texts have in common, 0 to 1; 0 where one has no sketch. */
export function sketchLikeness(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || a.length !== b.length) return 0
  let same = 0
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same++
  return same / a.length
}
