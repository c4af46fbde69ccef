interface Bucket {
  left: number
  at: number
}

/** Bounds attempts to sign in, per key, in this process: a burst, then a steady rate. Remembers at most `most` keys. */
export class Attempts {
  readonly #buckets = new Map<string, Bucket>()
  readonly #clock: () => number
  readonly #burst: number
  readonly #perSecond: number
  readonly #most: number

  constructor(clock: () => number, { burst = 60, perSecond = 1, most = 10_000 } = {}) {
    this.#clock = clock
    this.#burst = burst
    this.#perSecond = perSecond
    this.#most = most
  }

  /** Counts one attempt under `key`; false when there were too many lately. */
  take(key: string): boolean {
    const now = this.#clock()
    const before = this.#buckets.get(key) ?? { left: this.#burst, at: now }
    const left = Math.min(this.#burst, before.left + (Math.max(0, now - before.at) / 1000) * this.#perSecond)
    // Taken out and put back: the map's order is then the order of last use, and the oldest goes first.
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now })
    if (this.#buckets.size > this.#most) this.#buckets.delete(this.#buckets.keys().next().value!)
    return left >= 1
  }

  get size(): number {
    return this.#buckets.size
  }
}
