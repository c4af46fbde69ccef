/** One change that pages may want to know of, as ids and counts. `organisation` says whose it is. */
export interface Notice {
  readonly name: 'intake' | 'flaw' | 'exposure'
  readonly organisation: string | null
  readonly body: object
}

/** Hands notices to the event streams of this process. Slow readers lose old notices, never memory. */
export class Hub {
  readonly #listeners = new Set<(notice: Notice) => void>()

  publish(notice: Notice): void {
    for (const listener of this.#listeners) listener(notice)
  }

  /** Calls `listener` for every notice until the returned function is called. */
  listen(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get size(): number {
    return this.#listeners.size
  }
}
