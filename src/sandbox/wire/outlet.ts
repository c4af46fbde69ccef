import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import type { Writable } from 'node:stream'
import type { SandboxAnswer } from '../../core/sandbox/contract.ts'

/** What follows an answer: bytes at hand, or those of a file. */
export type Payload = Uint8Array | { readonly file: string }

/** Writes answers whole, one after the other, no faster than they are read. */
export class Outlet {
  readonly #to: Writable
  #turn: Promise<void> = Promise.resolve()

  constructor(to: Writable) {
    this.#to = to
    to.on('error', () => {})
  }

  /** Resolves when the answer and all that follows it has been passed on; rejects where a file cannot be read. */
  send(answer: SandboxAnswer, payloads: readonly Payload[] = []): Promise<void> {
    const turn = this.#turn.then(async () => {
      await this.#write(Buffer.from(`${JSON.stringify(answer)}\n`))
      for (const payload of payloads) {
        if (payload instanceof Uint8Array) await this.#write(payload)
        else for await (const chunk of createReadStream(payload.file)) await this.#write(chunk as Buffer)
      }
    })
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0 || this.#to.destroyed) return
    if (this.#to.write(bytes)) return
    // Whichever does not come is taken off again: one answer may wait a thousand times.
    const settled = new AbortController()
    const { signal } = settled
    const either = [once(this.#to, 'drain', { signal }), once(this.#to, 'close', { signal })]
    await Promise.race(either).finally(() => settled.abort())
    await Promise.allSettled(either)
  }
}
