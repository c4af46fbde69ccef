import { constants, openSync, readSync } from 'node:fs'
import { Socket } from 'node:net'

/** Takes what comes out of one stream of a program; what it does not keep it still lets flow. */
export interface Sink {
  take(chunk: Uint8Array): void
}

/** Keeps the first bytes and counts the rest. */
export class Kept implements Sink {
  readonly #most: number
  readonly #chunks: Uint8Array[] = []
  #length = 0
  dropped = 0

  constructor(most: number) {
    this.#most = most
  }

  take(chunk: Uint8Array): void {
    const room = this.#most - this.#length
    const kept = chunk.length <= room ? chunk : chunk.subarray(0, room)
    if (kept.length > 0) this.#chunks.push(kept)
    this.#length += kept.length
    this.dropped += chunk.length - kept.length
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks)
  }
}

const CHUNK = 65_536

/** Reads a FIFO into a sink until told that the writer is done. */
export class Drain {
  readonly #path: string
  readonly #fd: number
  readonly #socket: Socket
  readonly #sink: Sink

  constructor(path: string, sink: Sink) {
    // For writing too, so that the end of one writer is no end of the stream, and no writer waits for a reader.
    this.#path = path
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    this.#sink = sink
    this.#socket = new Socket({ fd: this.#fd, readable: true, writable: false })
    this.#socket.on('error', () => {})
    this.#socket.on('data', (chunk: Uint8Array) => sink.take(chunk))
  }

  /** Takes what is still in the pipe and closes it. At most `most` bytes: a daemon may go on writing. */
  finish(most: number): void {
    this.#socket.pause()
    const chunk = Buffer.alloc(CHUNK)
    for (let taken = 0; taken < most; ) {
      let length = 0
      try {
        length = readSync(this.#fd, chunk)
      } catch {
        // Empty (EAGAIN).
      }
      if (length === 0) break
      taken += length
      this.#sink.take(Buffer.from(chunk.subarray(0, length)))
    }
    // A daemon that still holds the other end must not die of writing to it: what it writes is let go, until it ends.
    const rest = new Socket({
      fd: openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK),
      readable: true,
      writable: false,
    })
    rest.on('error', () => {})
    rest.resume()
    this.#socket.destroy()
  }
}
