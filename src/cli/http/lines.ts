/** Cuts a stream of bytes into lines. Hostile: a line longer than `most` bytes throws RangeError, so memory is bounded. */
export class Lines {
  readonly #most: number
  #held: Buffer[] = []
  #length = 0
  constructor(most: number) {
    this.#most = most
  }

  /** The lines that these bytes complete, without their ends. */
  push(chunk: Buffer): string[] {
    const lines: string[] = []
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      this.#hold(chunk.subarray(from, at))
      lines.push(this.#take())
      from = at + 1
    }
    this.#hold(chunk.subarray(from))
    return lines
  }

  /** What stands after the last line's end; null when there is nothing. */
  end(): string | null {
    return this.#length === 0 ? null : this.#take()
  }

  #hold(part: Buffer): void {
    if (part.length === 0) return
    this.#length += part.length
    if (this.#length > this.#most) throw new RangeError(`a line of more than ${this.#most} bytes`)
    this.#held.push(part)
  }

  #take(): string {
    const line = Buffer.concat(this.#held).toString('utf8')
    this.#held = []
    this.#length = 0
    return line
  }
}
