import type { Said } from '../../../core/exposure/flaw-signals.ts'

/** Scores by CVE id, each said by the edition that answers now: numbers are held, what is said of them is made when asked. */
export class EpssView implements ReadonlyMap<string, Said<number>> {
  readonly #scores: ReadonlyMap<string, number>
  readonly #by: Omit<Said<number>, 'value'>

  constructor(scores: ReadonlyMap<string, number>, by: Omit<Said<number>, 'value'>) {
    this.#scores = scores
    this.#by = by
  }

  get size(): number {
    return this.#scores.size
  }

  get(cve: string): Said<number> | undefined {
    const value = this.#scores.get(cve)
    return value === undefined ? undefined : { value, ...this.#by }
  }

  has(cve: string): boolean {
    return this.#scores.has(cve)
  }

  keys(): MapIterator<string> {
    return this.#scores.keys()
  }

  *values(): MapIterator<Said<number>> {
    for (const value of this.#scores.values()) yield { value, ...this.#by }
  }

  *entries(): MapIterator<[string, Said<number>]> {
    for (const [cve, value] of this.#scores) yield [cve, { value, ...this.#by }]
  }

  [Symbol.iterator](): MapIterator<[string, Said<number>]> {
    return this.entries()
  }

  forEach(call: (said: Said<number>, cve: string, map: ReadonlyMap<string, Said<number>>) => void): void {
    for (const [cve, said] of this) call(said, cve, this)
  }
}
