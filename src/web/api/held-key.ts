import { Refused } from './failure.ts'
import { newKey } from './upload.ts'

/**
 * Keys for one person's acts: an act that is said again before an answer came goes under the key it went under before, so that a server
 * which did it already does nothing. `heard` says what came of it: any answer but "the server failed" ends the key.
 */
export class HeldKey {
  #held: { readonly said: string; readonly key: string } | null = null

  /** The key under which this goes. */
  of(act: unknown): string {
    const said = JSON.stringify(act)
    if (this.#held?.said !== said) this.#held = { said, key: newKey() }
    return this.#held.key
  }

  heard(error: unknown): void {
    if (error === null || (error instanceof Refused && error.problem.status < 500)) this.#held = null
  }
}
