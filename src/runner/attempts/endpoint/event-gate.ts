/** Hands on a stream of server-sent events whole, so that no reader behind it looks at the same bytes twice. */
export class EventGate {
  #held = new Uint8Array(4096)
  #length = 0

  /** The whole events that this chunk completes, as one piece; null where it completes none. */
  push(chunk: Uint8Array): Uint8Array | null {
    const seen = Math.max(0, this.#length - 3)
    this.#hold(chunk)
    const view = Buffer.from(this.#held.buffer, 0, this.#length)
    const end = Math.max(...BLANKS.map((blank) => endOf(view, blank, seen)))
    if (end <= 0) return null
    const whole = this.#held.slice(0, end)
    this.#held.copyWithin(0, end, this.#length)
    this.#length -= end
    return whole
  }

  /** What is left when the stream ended. */
  rest(): Uint8Array {
    return this.#held.slice(0, this.#length)
  }

  #hold(chunk: Uint8Array): void {
    const needs = this.#length + chunk.length
    if (needs > this.#held.length) {
      const larger = new Uint8Array(Math.max(needs, this.#held.length * 2))
      larger.set(this.#held.subarray(0, this.#length))
      this.#held = larger
    }
    this.#held.set(chunk, this.#length)
    this.#length = needs
  }
}

const BLANKS = ['\n\n', '\r\n\r\n', '\r\r'].map((text) => Buffer.from(text))

/** Where the last blank line at or after `from` ends; 0 where there is none. */
function endOf(view: Buffer, blank: Buffer, from: number): number {
  const at = view.subarray(from).lastIndexOf(blank)
  return at < 0 ? 0 : from + at + blank.length
}
