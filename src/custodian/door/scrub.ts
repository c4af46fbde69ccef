const STAR = 0x2a

/**
 * Passes bytes on with every occurrence of a key in them starred out, whichever pieces they come in. An endpoint that repeats
 * the key it was given does so before people who must not see it. Holds back only what may be the beginning of the key.
 */
export class Scrubber {
  readonly #key: Buffer
  #held: Buffer = Buffer.alloc(0)

  constructor(key: string) {
    this.#key = Buffer.from(key, 'latin1')
  }

  push(piece: Uint8Array): Buffer {
    const bytes = Buffer.concat([this.#held, piece])
    for (let at = bytes.indexOf(this.#key); at >= 0; at = bytes.indexOf(this.#key, at + this.#key.length))
      bytes.fill(STAR, at, at + this.#key.length)
    const keep = this.#begun(bytes)
    this.#held = bytes.subarray(bytes.length - keep)
    return bytes.subarray(0, bytes.length - keep)
  }

  /** What is still held when nothing more comes. */
  end(): Buffer {
    const rest = this.#held
    this.#held = Buffer.alloc(0)
    return rest
  }

  /** How many bytes at the end are a beginning of the key. */
  #begun(bytes: Buffer): number {
    for (let length = Math.min(this.#key.length - 1, bytes.length); length > 0; length--)
      if (bytes.subarray(bytes.length - length).equals(this.#key.subarray(0, length))) return length
    return 0
  }
}
