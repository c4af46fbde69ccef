/** How many inventories are read at the same time, of all and of one organisation: each takes memory while it is read. */
export class ReadingPlaces {
  readonly #all: number
  readonly #own: number
  readonly #taken = new Map<string, number>()

  constructor(all: number, own: number) {
    this.#all = all
    this.#own = own
  }

  /** Takes a place, to be given back by what is answered; null where none is free. */
  take(organisation: string): (() => void) | null {
    const own = this.#taken.get(organisation) ?? 0
    const all = [...this.#taken.values()].reduce((sum, one) => sum + one, 0)
    if (own >= this.#own || all >= this.#all) return null
    this.#taken.set(organisation, own + 1)
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      const now = (this.#taken.get(organisation) ?? 0) - 1
      if (now > 0) this.#taken.set(organisation, now)
      else this.#taken.delete(organisation)
    }
  }
}
