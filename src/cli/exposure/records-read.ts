import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import type { EnrichedSaid, Said, SignalBook } from '../../core/exposure/flaw-signals.ts'
import type { KevEntry } from '../../core/exposure/obligation/signals.ts'
import type { VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import type { EpssRow } from '../../formats/known/epss.ts'
import type { KevRow } from '../../formats/known/kev.ts'
import type { SetAside } from '../../formats/known/known-item.ts'
import type { EnrichedRow } from '../../formats/known/vulnrichment.ts'

const MOST_EXAMPLES = 20

/** Why a piece of a feed is not in: what readers say, or that it is of no kind that is read here. */
export type NotTaken = SetAside | 'not-known'

/** An item of a feed that was set aside. */
export interface SetAsideItem {
  readonly file: string
  readonly at: string
  readonly id: string | null
  readonly why: NotTaken
}

/** Everything that was read of feeds: records, signals, statements, and what was set aside. */
export class RecordsRead {
  readonly records: AdvisoryRecord[] = []
  readonly statements: VexStatement[] = []
  /** Items by what they are: `osv`, `kev`, `epss`, … */
  readonly counts = new Map<string, number>()
  /** What is not in, by reason, and the first of them. */
  readonly aside = new Map<NotTaken, number>()
  readonly examples: SetAsideItem[] = []
  files = 0
  #catalogues = new Map<string, { entries: Map<string, KevEntry>; newest: number }>()
  #epss: { scored: number; scores: Map<string, Said<number>> } | null = null
  #ssvc: Map<string, EnrichedSaid> | null = null

  count(kind: string, number = 1): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + number)
  }

  setAside(item: SetAsideItem): void {
    this.aside.set(item.why, (this.aside.get(item.why) ?? 0) + 1)
    if (this.examples.length < MOST_EXAMPLES) this.examples.push(item)
  }

  kev(file: string, { entry }: KevRow): void {
    const held = this.#catalogues.get(file) ?? { entries: new Map(), newest: Number.NEGATIVE_INFINITY }
    held.entries.set(entry.cve, entry)
    held.newest = Math.max(held.newest, entry.added)
    this.#catalogues.set(file, held)
    this.count('kev')
  }

  /** Of several files the one scored last counts; where none says when, the one read last. */
  epss(file: string, { cve, score, scored }: EpssRow): void {
    const at = scored ?? Number.NEGATIVE_INFINITY
    if (this.#epss === null || at > this.#epss.scored) this.#epss = { scored: at, scores: this.#epss?.scores ?? new Map() }
    if (at >= this.#epss.scored) this.#epss.scores.set(cve, { value: score, source: file, at: scored })
    this.count('epss')
  }

  enriched(file: string, { cve, ssvc, at, kev, vectors }: EnrichedRow): void {
    this.#ssvc ??= new Map()
    const held = this.#ssvc.get(cve)
    if (held !== undefined && (held.at ?? Number.NEGATIVE_INFINITY) > (at ?? Number.NEGATIVE_INFINITY)) return
    this.#ssvc.set(cve, { value: ssvc, source: file, at, listed: kev, vectors })
  }

  /** What the feeds say of flaws. Of several catalogues the one with the newest listing counts, for entries are also taken out. */
  get signals(): SignalBook {
    let kev: { readonly file: string; readonly entries: Map<string, KevEntry>; readonly newest: number } | null = null
    for (const [file, one] of this.#catalogues) if (kev === null || one.newest >= kev.newest) kev = { file, ...one }
    return {
      kev: kev === null ? null : { entries: kev.entries, source: kev.file, at: kev.newest as Instant },
      epss: this.#epss?.scores ?? null,
      ssvc: this.#ssvc,
    }
  }
}
