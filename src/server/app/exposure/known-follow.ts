import { setImmediate } from 'node:timers/promises'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Store } from '../../store/connection.ts'
import { type KnownEdition, knownVersion, readKnown } from '../../store/known.ts'
import type { KnownMemory } from './known-memory.ts'
import { type KnownSaid, saidOf } from './known-row.ts'
import type { Edition } from './known-signals.ts'

/** Keeps the book at what the database says: read whole at first, then what is newer. What its listeners throw goes to `onError`. */
export class KnownFollower {
  readonly #store: Store
  readonly #book: KnownMemory
  readonly #onError: (error: unknown) => void
  #running: Promise<void> | null = null

  constructor(store: Store, book: KnownMemory, onError: (error: unknown) => void) {
    this.#store = store
    this.#book = book
    this.#onError = onError
  }

  /** Reads what is new; one at a time, whoever asks while it reads has another look afterwards. */
  async follow(): Promise<void> {
    while (this.#running !== null) await this.#running.catch(() => {})
    this.#running = this.#read().finally(() => {
      this.#running = null
    })
    await this.#running
  }

  /** Whether an import committed that the book has not taken over. */
  async isBehind(): Promise<boolean> {
    return !this.#book.loaded || (await knownVersion(this.#store)) !== this.#book.readTo
  }

  async #read(): Promise<void> {
    const said: KnownSaid[] = []
    const after = this.#book.loaded ? this.#book.readTo : 0
    const { version, editions } = await readKnown(this.#store, after, async (page) => {
      for (const row of page) said.push(saidOf(row))
      await setImmediate()
    })
    const of = (kind: string) => editionOf(editions.find((edition) => edition.kind === kind))
    const accidents = await this.#book.apply(said, { kev: of('kev'), epss: of('epss') }, version)
    for (const error of accidents) this.#onError(error)
  }
}

function editionOf(edition: KnownEdition | undefined): Edition | null {
  if (edition === undefined) return null
  const { kind, label, feed, as_of: asOf } = edition
  return { source: label === null ? feed : `${kind.toUpperCase()} ${label}`, asOf: asOf as Instant | null }
}
