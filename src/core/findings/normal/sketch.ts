export const SKETCH_SIZE = 16

/** 32-bit FNV-1a of a text's UTF-16 units: spreads words over a sketch, keeps no secret. */
function hash32(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

// Odd multipliers and offsets of the hash family, from a fixed linear generator: the same on every machine for ever.
const FACTORS = new Int32Array(SKETCH_SIZE)
const OFFSETS = new Int32Array(SKETCH_SIZE)
fillFamily()

function fillFamily(): void {
  let state = 0x9e3779b9
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
  for (let k = 0; k < SKETCH_SIZE; k++) {
    FACTORS[k] = next() | 1
    OFFSETS[k] = next()
  }
}

/**
 * A MinHash sketch of the text's runs of three words: the share of equal numbers in two sketches estimates how much of the
 * texts is the same. Empty for texts of fewer than 8 words, which are all alike.
 */
export function sketchOf(words: readonly string[]): number[] {
  if (words.length < 8) return []
  const runs = runsOf(words)
  const sketch: number[] = []
  for (let k = 0; k < SKETCH_SIZE; k++) {
    const factor = FACTORS[k]!
    const offset = OFFSETS[k]!
    let least = 0xffffffff
    for (let i = 0; i < runs.length; i++) {
      const mixed = (Math.imul(runs[i]!, factor) + offset) >>> 0
      if (mixed < least) least = mixed
    }
    sketch.push(least)
  }
  return sketch
}

function runsOf(words: readonly string[]): Int32Array {
  const hashes = new Int32Array(words.length)
  for (let i = 0; i < words.length; i++) hashes[i] = hash32(words[i]!)
  const runs = new Int32Array(words.length - 2)
  for (let i = 0; i < runs.length; i++) {
    const run = Math.imul(hashes[i]!, 31) ^ Math.imul(hashes[i + 1]!, 0x85ebca6b) ^ Math.imul(hashes[i + 2]!, 0xc2b2ae35)
    runs[i] = run ^ (run >>> 15)
  }
  return runs
}

/** Estimated share of three-word runs that two texts have in common, 0 to 1; 0 where one has no sketch. */
export function sketchLikeness(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || a.length !== b.length) return 0
  let same = 0
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same++
  return same / a.length
}
