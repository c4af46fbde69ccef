import { matchKey } from '../../core/exposure/assess.ts'
import type { Component } from '../../core/exposure/component.ts'
import type { RecordMatch } from '../../core/exposure/look-up.ts'
import { DistinctKeys } from './distinct-keys.ts'

export type LookUp = (component: Component) => readonly RecordMatch[]

/**
 * Distinct components, each held against records once: at once where the records are there, and when they come for those that wait.
 * Numbers given while components wait are not the last ones: `last` says what became of them.
 */
export class HeldComponents {
  /** Those that records speak of. */
  readonly matched: { readonly component: Component; readonly matches: readonly RecordMatch[] }[] = []
  readonly #numbers = new DistinctKeys()
  readonly #new: (component: Component) => void
  #waiting: Component[] = []
  #waited = new Int32Array(0)
  #lookUp: LookUp | null = null

  constructor(isNew: (component: Component) => void) {
    this.#new = isNew
  }

  get size(): number {
    return this.#numbers.size
  }

  /** Components that wait for records; null once those are there. */
  get waiting(): readonly Component[] | null {
    return this.#lookUp === null ? this.#waiting : null
  }

  /** The number of a component, the same for all that no advisory tells apart; -1 where it is known that no record speaks of it. */
  number(component: Component): number {
    const key = matchKey(component)
    const known = this.#numbers.get(key)
    if (known !== undefined) return this.#lookUp === null ? known : this.#given(this.last(known))
    this.#new(component)
    const number = this.#lookUp === null ? this.#waiting.push(component) - 1 : this.#given(this.#match(component, this.#lookUp))
    this.#numbers.set(key, number)
    return number
  }

  /** Holds all that wait against records, in the order in which they came, and from now on each at once. */
  settle(lookUp: LookUp): void {
    this.#lookUp = lookUp
    const waited = this.#waiting
    this.#waited = new Int32Array(waited.length)
    this.#waiting = []
    for (const [n, component] of waited.entries()) {
      this.#waited[n] = this.#match(component, lookUp)
    }
  }

  /** The place in `matched` of a number given at any time; -1 where no record speaks of it. */
  last(number: number): number {
    return number < this.#waited.length ? (this.#waited[number] ?? -1) : number - this.#waited.length
  }

  // Numbers of those that waited come first, so that one table says what became of any.
  #given(place: number): number {
    return place < 0 ? -1 : place + this.#waited.length
  }

  #match(component: Component, lookUp: LookUp): number {
    const matches = lookUp(component)
    return matches.length === 0 ? -1 : this.matched.push({ component, matches }) - 1
  }
}
