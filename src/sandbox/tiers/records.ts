import type { Readable } from 'node:stream'
import { RECORD } from './implementation.ts'

/** Cuts what the agent and the witness write into records. */
export class Records {
  #rest = Buffer.alloc(0)
  readonly #held: Uint8Array[] = []
  #take: (record: Uint8Array) => void = (record) => void this.#held.push(record)

  constructor(from: Readable) {
    from.on('data', (chunk: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, chunk])
      while (this.#rest.length >= RECORD) {
        const record = this.#rest.subarray(0, RECORD)
        this.#rest = this.#rest.subarray(RECORD)
        this.#take(record)
      }
    })
  }

  first(): Promise<Uint8Array> {
    return new Promise((resolve) => {
      this.#take = (record) => {
        this.#take = (later) => void this.#held.push(later)
        resolve(record)
      }
    })
  }

  give(to: (record: Uint8Array) => void): void {
    this.#take = to
    for (const record of this.#held.splice(0)) to(record)
  }
}
