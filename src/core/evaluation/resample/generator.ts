// xoshiro128** (Blackman and Vigna, 2018): 32 bits a step, period 2^128 − 1. Each (seed, stream, n) starts a sequence of its own, so
// that resample n depends on nothing but these three and may be computed anywhere, in any order.

/** A seeded source of whole numbers; equal arguments give equal sequences on every machine. */
export class Generator {
  #a = 0
  #b = 0
  #c = 0
  #d = 0

  /** Starts the n-th sequence of a stream: `seed` is a whole number below 2^53, `stream` and `n` are below 2^32. */
  start(seed: number, stream: number, n: number): void {
    let h = mix(seed | 0, 0x9e3779b9)
    h = mix(h ^ Math.floor(seed / 4294967296), 0x85ebca6b)
    h = mix(h ^ stream, 0xc2b2ae35)
    h = mix(h ^ n, 0x27d4eb2f)
    this.#a = mix(h, n | 0)
    this.#b = mix(this.#a, stream | 0)
    this.#c = mix(this.#b, seed | 0)
    // The all-zero state is the one that never leaves itself.
    this.#d = mix(this.#c, h) | 1
  }

  /** A whole number in [0, size), `size` from 1 to 2^20; its bias is below size / 2^32. */
  below(size: number): number {
    const b = this.#b
    const scrambled = Math.imul(b, 5)
    const word = Math.imul((scrambled << 7) | (scrambled >>> 25), 9)
    const c = this.#c ^ this.#a
    const d = this.#d ^ b
    this.#b = b ^ c
    this.#a ^= d
    this.#c = c ^ (b << 9)
    this.#d = (d << 11) | (d >>> 21)
    return Math.floor(((word >>> 0) * size) / 4294967296)
  }
}

/** A stream of its own for a name: dropping or adding other names leaves it as it was. */
export function streamOf(name: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193)
  return mix(h, name.length) >>> 0
}

function mix(value: number, salt: number): number {
  let h = Math.imul(value ^ salt ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) + 0x6d2b79f5 + salt
}
