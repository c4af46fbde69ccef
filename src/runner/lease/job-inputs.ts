import { Failure } from '../failure.ts'
import { digestOf } from '../proof-file/input-shelf.ts'

const HELD = 64 << 20

/**
 * Inputs of one job, fetched by digest and held against it; small ones are kept while the job lasts. What does not match its
 * digest is refused: whoever stands between cannot change what is run.
 */
export class JobInputs {
  readonly #fetch: (digest: string) => Promise<Uint8Array>
  readonly #kept = new Map<string, Uint8Array>()
  #held = 0

  constructor(fetch: (digest: string) => Promise<Uint8Array>) {
    this.#fetch = fetch
  }

  async read(digest: string): Promise<Uint8Array> {
    const kept = this.#kept.get(digest)
    if (kept !== undefined) return kept
    const bytes = await this.#fetch(digest)
    if (digestOf(bytes) !== digest) throw new Failure('job.wrong-input', `The server sent other bytes than ${digest}.`)
    if (this.#held + bytes.length <= HELD) {
      this.#held += bytes.length
      this.#kept.set(digest, bytes)
    }
    return bytes
  }
}
