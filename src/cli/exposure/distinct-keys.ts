import { randomBytes } from 'node:crypto'

const LANES = 3
const FIRST = 1 << 10

/**
 * Texts seen before and a number for each, in about 20 bytes a text whatever its length: a large inventory has a million components, and a map
 * of their keys would be most of what this program holds. Two texts are taken for one where all 96 bits of a hash with a secret of
 * this process agree, which nobody can bring about who does not know the secret.
 */
export class DistinctKeys {
  #keys = new Uint32Array(FIRST * LANES)
  /** 0: free; else the number and 2, so that -1 can be kept. */
  #numbers = new Int32Array(FIRST)
  #size = 0
  readonly #seeds: Uint32Array
  readonly #lanes = new Uint32Array(LANES)

  constructor(seeds: Uint8Array = randomBytes(16)) {
    this.#seeds = new Uint32Array(Uint8Array.from(seeds).buffer)
  }

  get size(): number {
    return this.#size
  }

  /** The number of a text, -1 or above; undefined for one that was not set. */
  get(text: string): number | undefined {
    this.#hash(text)
    const at = this.#slot(this.#keys, this.#numbers, this.#lanes, 0)
    const number = this.#numbers[at]!
    return number === 0 ? undefined : number - 2
  }

  /** Sets the number, -1 or above, of a text that has none. */
  set(text: string, number: number): void {
    if (this.#size * 4 >= this.#numbers.length * 3) this.#grow()
    this.#hash(text)
    const at = this.#slot(this.#keys, this.#numbers, this.#lanes, 0)
    if (this.#numbers[at] === 0) this.#size++
    this.#keys.set(this.#lanes, at * LANES)
    this.#numbers[at] = number + 2
  }

  #grow(): void {
    const keys = new Uint32Array(this.#keys.length * 2)
    const numbers = new Int32Array(this.#numbers.length * 2)
    for (let old = 0; old < this.#numbers.length; old++) {
      if (this.#numbers[old] === 0) continue
      const at = this.#slot(keys, numbers, this.#keys, old * LANES)
      for (let lane = 0; lane < LANES; lane++) keys[at * LANES + lane] = this.#keys[old * LANES + lane]!
      numbers[at] = this.#numbers[old]!
    }
    this.#keys = keys
    this.#numbers = numbers
  }

  #slot(keys: Uint32Array, numbers: Int32Array, of: Uint32Array, from: number): number {
    const mask = numbers.length - 1
    let at = of[from]! & mask
    while (numbers[at] !== 0 && !same(keys, at * LANES, of, from)) at = (at + 1) & mask
    return at
  }

  // Four lanes of multiply and rotate from a secret start, mixed at the end as murmur hashes are, the last into the third.
  #hash(text: string): void {
    let [a, b, c, d] = this.#seeds as unknown as [number, number, number, number]
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      a = Math.imul(a ^ code, 0x9e3779b1)
      b = Math.imul(b ^ code, 0x85ebca77)
      c = Math.imul(c ^ code, 0xc2b2ae3d)
      d = Math.imul(d ^ code, 0x27d4eb2f)
      a ^= (b >>> 15) | (b << 17)
      c ^= (d >>> 13) | (d << 19)
      b ^= (c >>> 17) | (c << 15)
      d ^= (a >>> 11) | (a << 21)
    }
    for (let round = 0; round < 2; round++) {
      a = Math.imul(a ^ (a >>> 16) ^ b, 0x85ebca6b)
      b = Math.imul(b ^ (b >>> 15) ^ c, 0xc2b2ae35)
      c = Math.imul(c ^ (c >>> 16) ^ d, 0x27d4eb2d)
      d = Math.imul(d ^ (d >>> 15) ^ a, 0x165667b1)
    }
    this.#lanes[0] = a ^ (a >>> 16)
    this.#lanes[1] = b ^ (b >>> 15)
    this.#lanes[2] = c ^ (c >>> 16) ^ d ^ text.length
  }
}

function same(a: Uint32Array, at: number, b: Uint32Array, from: number): boolean {
  return a[at] === b[from] && a[at + 1] === b[from + 1] && a[at + 2] === b[from + 2]
}
