import { digestOf } from '../proof-file/input-shelf.ts'

const MOST_PRODUCTS = 50
const MOST_BYTES = 6 << 20
const MOST_IN_ALL = 16 << 20

export interface Product {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * What was made on the way: minimised inputs, variants that still fire. At most 50 of at most 6 MiB, 16 MiB in all; the others
 * have a digest only.
 */
export class Products {
  readonly #held = new Map<string, Product>()
  #bytes = 0

  add(name: string, bytes: Uint8Array): { readonly digest: string } {
    const digest = digestOf(bytes)
    const fits = bytes.length <= MOST_BYTES && this.#bytes + bytes.length <= MOST_IN_ALL
    if (this.#held.size < MOST_PRODUCTS && fits && !this.#held.has(digest)) {
      this.#bytes += bytes.length
      this.#held.set(digest, { name: name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 150) || 'product', bytes })
    }
    return { digest }
  }

  get all(): readonly Product[] {
    return [...this.#held.values()]
  }
}
