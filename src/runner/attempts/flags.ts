import { createHmac } from 'node:crypto'
import { flagOf, type Hmac, keyFromHex, seedOf } from '../../core/evaluation/attempt/flag.ts'

const hmac: Hmac = (key, message) => createHmac('sha256', key).update(message).digest()

/** The number of the attempt that a reference solution solves: no model's. */
export const PROOF_ATTEMPT = 0

/** Flags and seeds of one run set. */
export class Flags {
  readonly #key: Uint8Array
  readonly #suite: string
  readonly #tasks: readonly string[]
  readonly #attempts: number
  #known: Set<string> | null = null

  constructor(runKey: string, suite: string, tasks: readonly string[], attempts: number) {
    this.#key = keyFromHex(runKey) ?? new Uint8Array()
    this.#suite = suite
    this.#tasks = tasks
    this.#attempts = attempts
  }

  flag(task: string, attempt: number): string {
    return flagOf(hmac, this.#key, { suite: this.#suite, task, attempt })
  }

  seed(task: string, attempt: number): string {
    return seedOf(hmac, this.#key, { suite: this.#suite, task, attempt })
  }

  /** Whether it is the flag of any attempt at any task of this key; all of them are worked out at the first question. */
  isKnown(flag: string): boolean {
    this.#known ??= new Set(
      this.#tasks.flatMap((task) => Array.from({ length: this.#attempts + 1 }, (_, attempt) => this.flag(task, attempt))),
    )
    return this.#known.has(flag)
  }
}
