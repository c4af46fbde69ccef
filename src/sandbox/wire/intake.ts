import { closeSync, openSync, writeSync } from 'node:fs'
import type { Readable } from 'node:stream'

/** A line longer than this is no request. */
export const MOST_LINE = 4 << 20

/** Reads lines and counted bytes, in turn, from a stream; holds at most a line. */
export class Intake {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(from: Readable) {
    this.#chunks = from[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  /** The next line; null at the end; too long a one is skipped and told as `too-long`. */
  async line(): Promise<string | null | 'too-long'> {
    const pieces: Buffer[] = []
    for (let length = 0; ; ) {
      const end = this.#rest.indexOf(10)
      const piece = end < 0 ? this.#rest : this.#rest.subarray(0, end)
      length += piece.length
      if (length <= MOST_LINE) pieces.push(piece)
      if (end >= 0) {
        this.#rest = this.#rest.subarray(end + 1)
        return length <= MOST_LINE ? Buffer.concat(pieces).toString('utf8') : 'too-long'
      }
      this.#rest = Buffer.alloc(0)
      if (!(await this.#more())) return null
    }
  }

  /**
   * Takes the next `count` bytes into a new file at `path`, or to nowhere. What cannot be written is taken all the same, so that the
   * next line is found, and told as `unwritten`; `ended`: the stream ended before.
   */
  async bytes(count: number, path: string | null): Promise<'taken' | 'unwritten' | 'ended'> {
    let fd = path === null ? null : quietly(() => openSync(path, 'wx', 0o640))
    let how: 'taken' | 'unwritten' = path !== null && fd === null ? 'unwritten' : 'taken'
    try {
      for (let left = count; left > 0; ) {
        if (this.#rest.length === 0 && !(await this.#more())) return 'ended'
        const piece = this.#rest.subarray(0, left)
        this.#rest = this.#rest.subarray(piece.length)
        left -= piece.length
        const target = fd
        if (target === null || quietly(() => writeWhole(target, piece) ?? true) !== null) continue
        how = 'unwritten'
        closeSync(target)
        fd = null
      }
      return how
    } finally {
      if (fd !== null) closeSync(fd)
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next()
    if (next.done === true) return false
    this.#rest = next.value
    return true
  }
}

/** Writes every byte: one call may write fewer. */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
}

function quietly<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}
