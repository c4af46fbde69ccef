import type { EnrichedSaid, SignalBook } from '../../../core/exposure/flaw-signals.ts'
import type { KevEntry } from '../../../core/exposure/obligation/signals.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { EpssView } from './epss-view.ts'
import type { KnownSaid } from './known-row.ts'

/** The edition of a catalogue that answers: what its entries are said by. */
export interface Edition {
  readonly source: string
  readonly asOf: Instant | null
}

/** Null: no such catalogue was taken in. */
export interface Editions {
  readonly kev: Edition | null
  readonly epss: Edition | null
}

type Signal = Extract<KnownSaid, { kind: 'kev' | 'epss' | 'ssvc' }>

/** KEV, EPSS and SSVC by CVE id, changed in place. */
export class KnownSignals {
  readonly #entries = new Map<string, KevEntry>()
  readonly #epss = new Map<string, number>()
  readonly #ssvc = new Map<string, EnrichedSaid>()
  #editions: Editions = { kev: null, epss: null }
  #book: SignalBook = { kev: null, epss: null, ssvc: null }

  get book(): SignalBook {
    return this.#book
  }

  get editions(): Editions {
    return this.#editions
  }

  /** Every CVE id of which something is said. */
  get cves(): Set<string> {
    return new Set([...this.#entries.keys(), ...this.#epss.keys(), ...this.#ssvc.keys()])
  }

  /** Takes one over; false where it says nothing new. */
  take(said: Signal): boolean {
    if (said.kind === 'kev') {
      if (said.body === null) return this.#entries.delete(said.id)
      const { entry } = said.body
      const held = this.#entries.get(said.id)
      this.#entries.set(said.id, entry)
      // A row may say other words of a product and the same of dates.
      return held === undefined || JSON.stringify(held) !== JSON.stringify(entry)
    } else if (said.kind === 'epss') {
      if (said.body === null) return this.#epss.delete(said.id)
      this.#epss.set(said.id, said.body.score)
    } else {
      if (said.body === null) return this.#ssvc.delete(said.id)
      const { ssvc, at, kev, vectors } = said.body
      const held = this.#ssvc.get(said.id)
      const next = { value: ssvc, source: said.feed, at, listed: kev, vectors }
      this.#ssvc.set(said.id, next)
      // Two files may say the same of one CVE.
      return held === undefined || JSON.stringify({ ...held, source: '' }) !== JSON.stringify({ ...next, source: '' })
    }
    return true
  }

  /** Which editions answer now; true where a catalogue is read for the first time, so that what it does not list is known too. */
  edition(editions: Editions): boolean {
    const first =
      (this.#editions.kev === null && editions.kev !== null) || (this.#editions.epss === null && editions.epss !== null)
    this.#editions = editions
    this.#book = {
      kev: editions.kev === null ? null : { entries: this.#entries, source: editions.kev.source, at: editions.kev.asOf },
      epss: editions.epss === null ? null : new EpssView(this.#epss, { source: editions.epss.source, at: editions.epss.asOf }),
      ssvc: this.#ssvc.size === 0 ? null : this.#ssvc,
    }
    return first
  }
}
