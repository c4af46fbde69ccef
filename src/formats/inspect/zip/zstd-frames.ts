import { Decompress } from 'fzstd'
import { u32, u64 } from './little-endian.ts'

const MAGIC = 0xfd2fb528
const BLOCK_BYTES = 131_072
// A decoder moves its whole window once a block. Blocks of usual size cost far less than this for each byte they make.
const WORK_PER_BYTE = 256
const WORK_FREE = 4 * 2 ** 30

/**
 * Reads zstd (RFC 8878) of several frames, handing the decoder one block at a time. So what it makes at once is at most 128 KiB,
 * a frame whose window exceeds `window` is refused before memory is taken, and many tiny blocks cannot cost more than their size.
 */
export class ZstdFrames {
  private readonly out: (bytes: Uint8Array) => void
  private readonly window: number
  private held: Uint8Array = new Uint8Array(0)
  private decoder: Decompress | null = null
  private skip = 0
  private checksum = false
  private frameWindow = 0
  private made = 0
  private work = 0

  constructor(out: (bytes: Uint8Array) => void, window: number) {
    this.window = window
    this.out = (bytes) => {
      this.made += bytes.length
      out(bytes)
    }
  }

  /** What is wrong, or null. After a complaint nothing more may be pushed. */
  push(chunk: Uint8Array): string | null {
    const bytes = this.joined(chunk)
    let i = 0
    for (;;) {
      const left = bytes.length - i
      if (this.skip > 0) {
        const passed = Math.min(this.skip, left)
        this.skip -= passed
        i += passed
        if (this.skip > 0) break
        continue
      }
      const step = this.decoder === null ? this.frame(bytes, i) : this.block(bytes, i)
      if (typeof step === 'string') return step
      if (step === 0) break
      i += step
    }
    this.held = new Uint8Array(bytes.subarray(i))
    return null
  }

  end(): string | null {
    return this.decoder !== null || this.held.length > 0 || this.skip > 0 ? 'its zstd data breaks off' : null
  }

  private joined(chunk: Uint8Array): Uint8Array {
    if (this.held.length === 0) return chunk
    const bytes = new Uint8Array(this.held.length + chunk.length)
    bytes.set(this.held)
    bytes.set(chunk, this.held.length)
    return bytes
  }

  /** Bytes used: 0 when more are needed. */
  private frame(bytes: Uint8Array, at: number): number | string {
    const left = bytes.length - at
    if (left < 8) return 0
    const magic = u32(bytes, at)
    if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
      this.skip = u32(bytes, at + 4)
      return 8
    }
    if (magic !== MAGIC) return 'its data is not zstd'
    const flags = bytes[at + 4]!
    const single = (flags >> 5) & 1
    const dictionary = [0, 1, 2, 4][flags & 3]!
    const content = [single, 2, 4, 8][flags >> 6]!
    const length = 6 - single + dictionary + content
    if (left < length) return 0
    const sizeAt = at + length - content
    const shift = bytes[at + 5]!
    const base = 2 ** (10 + (shift >> 3))
    const stated =
      content === 8 ? u64(bytes, sizeAt) : content === 4 ? u32(bytes, sizeAt) : content === 2 ? two(bytes, sizeAt) : 0
    const window = single === 1 ? (content === 1 ? bytes[sizeAt]! : stated) : base + (base / 8) * (shift & 7)
    if (window > this.window) return `its zstd frame wants a window of ${window} bytes; ${this.window} are given`
    this.checksum = (flags & 4) !== 0
    this.frameWindow = window
    this.work += window
    this.decoder = new Decompress(this.out)
    // Not `slice`: on a Buffer that is no copy.
    const header = new Uint8Array(bytes.subarray(at, at + length))
    // The decoder is to end with the frame's last block; the checksum is passed over here.
    header[4] = flags & ~4
    return this.feed(header, false) ?? length
  }

  private block(bytes: Uint8Array, at: number): number | string {
    if (bytes.length - at < 3) return 0
    const head = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)
    const kind = (head >> 1) & 3
    const size = head >> 3
    if (kind === 3 || size > BLOCK_BYTES) return 'its zstd data has a broken block'
    const length = 3 + (kind === 1 ? 1 : size)
    if (bytes.length - at < length) return 0
    this.work += this.frameWindow
    if (this.work > WORK_FREE + WORK_PER_BYTE * this.made)
      return 'its zstd data is cut into blocks far too small for their window'
    const last = (head & 1) === 1
    const wrong = this.feed(new Uint8Array(bytes.subarray(at, at + length)), last)
    if (wrong !== null) return wrong
    if (last) {
      this.decoder = null
      // The checksum is XXH64; the archive's CRC-32 over the same bytes is checked instead.
      this.skip = this.checksum ? 4 : 0
    }
    return length
  }

  /** The decoder throws on broken data. */
  private feed(bytes: Uint8Array, last: boolean): string | null {
    try {
      this.decoder?.push(bytes, last)
      return null
    } catch {
      return 'its zstd data is broken'
    }
  }
}

function two(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8)) + 256
}
