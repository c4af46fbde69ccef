const LONGEST_LINE = 262_144

/** Cuts a stream of bytes into lines; one that is too long is dropped to its end, so that memory stays bounded. */
export class LineInput {
  readonly #take: (line: string) => void
  #parts: Buffer[] = []
  #size = 0

  constructor(take: (line: string) => void) {
    this.#take = take
  }

  push(piece: Buffer): void {
    let from = 0
    for (let end = piece.indexOf(0x0a); end >= 0; from = end + 1, end = piece.indexOf(0x0a, from)) {
      this.#keep(piece.subarray(from, end))
      if (this.#size <= LONGEST_LINE) this.#take(Buffer.concat(this.#parts).toString('utf8'))
      this.#parts = []
      this.#size = 0
    }
    this.#keep(piece.subarray(from))
  }

  #keep(part: Buffer): void {
    this.#size += part.length
    if (this.#size <= LONGEST_LINE) this.#parts.push(part)
    else this.#parts = []
  }
}
