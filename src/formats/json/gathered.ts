import { KEPT_OF_TOO_LARGE } from './piece.ts'

const NOTHING = new Uint8Array(0)

/** The bytes of one item gathered over chunks of any size in linear time, and let go when they exceed the limit. */
export class Gathered {
  /** Holds `held` bytes; has room for more once a second part came. */
  private buffer: Uint8Array = NOTHING
  private held = 0
  private size = 0
  private readonly limit: number
  constructor(limit: number) {
    this.limit = limit
  }

  /** Takes a copy of `chunk` from `from` up to `to`, for the caller may use the chunk again. */
  add(chunk: Uint8Array, from: number, to: number): void {
    if (from >= to) return
    this.size += to - from
    const room = this.size > this.limit ? Math.max(0, KEPT_OF_TOO_LARGE - this.held) : to - from
    if (this.held === 0) {
      // Not `slice`: on a Buffer that is no copy.
      this.buffer = new Uint8Array(chunk.subarray(from, Math.min(to, from + room)))
      this.held = this.buffer.length
    } else if (room > 0) this.append(chunk.subarray(from, Math.min(to, from + room)))
    if (this.size > this.limit && this.held > KEPT_OF_TOO_LARGE) {
      this.buffer = this.buffer.slice(0, KEPT_OF_TOO_LARGE)
      this.held = KEPT_OF_TOO_LARGE
    }
  }

  get exceeded(): boolean {
    return this.size > this.limit
  }

  get empty(): boolean {
    return this.size === 0
  }

  get length(): number {
    return this.held
  }

  /** What was gathered (its beginning only where it exceeded the limit), and begins anew. */
  take(): Uint8Array {
    const whole = this.held === this.buffer.length ? this.buffer : this.buffer.slice(0, this.held)
    this.buffer = NOTHING
    this.held = 0
    this.size = 0
    return whole
  }

  private append(part: Uint8Array): void {
    const needed = this.held + part.length
    if (needed > this.buffer.length) {
      const wider = new Uint8Array(Math.max(needed, 2 * this.held, 256))
      wider.set(this.buffer.subarray(0, this.held))
      this.buffer = wider
    }
    this.buffer.set(part, this.held)
    this.held = needed
  }
}
