/** One line of a log: its bytes, cut at the limit, with its line end, and its number (1-based). */
export interface LogLine {
  readonly bytes: Uint8Array
  readonly number: number
}

const LF = 10

/** Cuts pushed bytes into lines. A line longer than `most` bytes is cut there and its rest dropped, so memory stays bounded. */
export class LineFeed {
  private readonly most: number
  private held: Uint8Array
  private length = 0
  private number = 0

  constructor(most: number) {
    this.most = most
    this.held = new Uint8Array(Math.min(most, 4_096))
  }

  push(chunk: Uint8Array, take: (line: LogLine) => void): void {
    let from = 0
    while (from < chunk.length) {
      const end = chunk.indexOf(LF, from)
      if (end < 0) {
        this.keep(chunk.subarray(from))
        return
      }
      if (this.length === 0 && end + 1 - from <= this.most)
        take({ bytes: chunk.subarray(from, end + 1), number: ++this.number })
      else {
        this.keep(chunk.subarray(from, end + 1))
        this.flush(take)
      }
      from = end + 1
    }
  }

  end(take: (line: LogLine) => void): void {
    if (this.length > 0) this.flush(take)
  }

  private keep(part: Uint8Array): void {
    const room = Math.min(part.length, this.most - this.length)
    if (room <= 0) return
    if (this.length + room > this.held.length) {
      const grown = new Uint8Array(Math.min(this.most, Math.max(this.length + room, this.held.length * 2)))
      grown.set(this.held.subarray(0, this.length))
      this.held = grown
    }
    this.held.set(part.subarray(0, room), this.length)
    this.length += room
  }

  private flush(take: (line: LogLine) => void): void {
    take({ bytes: this.held.slice(0, this.length), number: ++this.number })
    this.length = 0
  }
}
