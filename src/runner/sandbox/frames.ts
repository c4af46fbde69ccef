// The wire of the sandbox process: a line of JSON, and for some answers raw bytes after it. The process is ours, what it carries
// is hostile; a frame that breaks the wire's rules ends the connection.

const LONGEST_LINE = 4 << 20
const MOST_BYTES = 1 << 30

export interface Frame {
  readonly head: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

const CARRY = new Set(['executed', 'got', 'ran'])
const NONE = Buffer.alloc(0)

/** Cuts a stream into frames. Throws RangeError where the stream breaks the wire's rules. */
export class Frames {
  #held: Buffer[] = []
  #length = 0
  #head: Readonly<Record<string, unknown>> | null = null
  #wants = 0

  /** The frames that this chunk completes. */
  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = []
    let rest: Buffer = chunk
    while (rest.length > 0) {
      if (this.#head === null) {
        const end = rest.indexOf(10)
        this.#hold(end < 0 ? rest : rest.subarray(0, end))
        if (this.#length > LONGEST_LINE) throw new RangeError('a line longer than any answer')
        if (end < 0) break
        rest = rest.subarray(end + 1)
        this.#head = parse(this.#take())
        this.#wants = wanted(this.#head)
      } else {
        const part = rest.subarray(0, this.#wants - this.#length)
        this.#hold(part)
        rest = rest.subarray(part.length)
      }
      if (this.#head !== null && this.#length === this.#wants) {
        frames.push({ head: this.#head, bytes: this.#wants === 0 ? NONE : this.#take() })
        this.#head = null
      }
    }
    return frames
  }

  #hold(part: Buffer): void {
    if (part.length === 0) return
    this.#held.push(part)
    this.#length += part.length
  }

  #take(): Buffer {
    const all = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held)
    this.#held = []
    this.#length = 0
    return all
  }
}

function parse(line: Buffer): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(line.toString('utf8'))
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new RangeError('a line that is no answer')
  return value as Record<string, unknown>
}

function wanted(head: Readonly<Record<string, unknown>>): number {
  if (typeof head['did'] !== 'string' || !CARRY.has(head['did'])) return 0
  const bytes = head['bytes']
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0 || bytes > MOST_BYTES)
    throw new RangeError('an answer with an impossible number of bytes')
  return bytes
}
