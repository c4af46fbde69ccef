import { Gathered } from './gathered.ts'
import { type Piece, tooLarge } from './piece.ts'

const LF = 0x0a

/**
 * Cuts NDJSON into lines as bytes arrive: blank lines are skipped, CRLF and a leading byte order mark taken off, a line over
 * `itemBytes` is reported without being held.
 */
export class LineSplitter {
  private readonly held: Gathered
  private readonly itemBytes: number
  private line = 1
  constructor(itemBytes: number) {
    this.itemBytes = itemBytes
    this.held = new Gathered(itemBytes + 2)
  }

  push(chunk: Uint8Array): Piece[] {
    const pieces: Piece[] = []
    let from = 0
    for (;;) {
      const end = chunk.indexOf(LF, from)
      if (end < 0) break
      this.held.add(chunk, from, end)
      this.close(pieces, false)
      this.line++
      from = end + 1
    }
    this.held.add(chunk, from, chunk.length)
    return pieces
  }

  end(): Piece[] {
    const pieces: Piece[] = []
    this.close(pieces, true)
    return pieces
  }

  private close(pieces: Piece[], unfinished: boolean): void {
    if (this.held.empty) return
    const at = `line ${this.line}`
    const exceeded = this.held.exceeded
    const taken = this.held.take()
    const bytes = trimmed(this.line === 1 ? withoutMark(taken) : taken)
    if (exceeded || bytes.length > this.itemBytes) pieces.push(tooLarge(at, bytes, this.itemBytes))
    else if (bytes.length > 0) pieces.push({ at, bytes, refusal: null, unfinished })
  }
}

/** `bytes` without a leading UTF-8 byte order mark. */
export function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let from = 0
  let to = bytes.length
  while (from < to && isBlank(bytes[from]!)) from++
  while (to > from && isBlank(bytes[to - 1]!)) to--
  return bytes.subarray(from, to)
}

/** The white space of RFC 8259 section 2. */
export function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09
}
