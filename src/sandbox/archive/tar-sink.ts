import type { Sink } from '../drain.ts'
import { Refused } from '../refused.ts'
import { TarReader, type TarTaker } from './tar-reader.ts'

/** Feeds a tar reader from a stream that must flow on whatever happens: the first refusal is kept and the rest is let go. */
export class TarSink implements Sink {
  readonly #reader: TarReader
  #failed: unknown = null

  constructor(taker: TarTaker) {
    this.#reader = new TarReader(taker)
  }

  take(chunk: Uint8Array): void {
    if (this.#failed !== null) return
    try {
      this.#reader.push(chunk)
    } catch (error) {
      this.#failed = error
    }
  }

  /** Throws what went wrong on the way, or that the archive ends in the middle. */
  finish(): void {
    if (this.#failed !== null)
      throw this.#failed instanceof Refused ? this.#failed : new Refused('sandbox.failed', 'the tree could not be written')
    this.#reader.finish()
  }
}
