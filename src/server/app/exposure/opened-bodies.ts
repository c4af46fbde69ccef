/** First bytes of what is sealed: a version and a nonce that is drawn anew whenever something is sealed. */
const FRONT = 13
/** Bytes, sealed, of what is remembered; opened it is about three times as much. */
const MOST = 48 << 20

interface Opened<T> {
  readonly front: string
  readonly bytes: number
  readonly value: T
}

/**
 * What was unsealed lately, by the id of its row: whoever reads the same bytes again gets the same value. Bounded; what was not asked for
 * longest goes first. Values are shared: nobody changes them.
 */
export class OpenedBodies<T> {
  readonly #held = new Map<string, Opened<T>>()
  readonly #most: number
  #bytes = 0

  constructor(most: number = MOST) {
    this.#most = most
  }

  /** The value of these sealed bytes, by `open` where it is not remembered. */
  of(id: string, sealed: Buffer, open: () => T): T {
    const front = sealed.toString('latin1', 0, FRONT)
    const held = this.#held.get(id)
    this.forget(id)
    const one = held?.front === front && held.bytes === sealed.length ? held : { front, bytes: sealed.length, value: open() }
    this.#held.set(id, one)
    this.#bytes += one.bytes
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#most) break
      this.forget(oldest)
    }
    return one.value
  }

  forget(id: string): void {
    const held = this.#held.get(id)
    if (held === undefined) return
    this.#held.delete(id)
    this.#bytes -= held.bytes
  }
}
