import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import type { EnrichedSaid, Said, SignalBook } from '../../core/exposure/flaw-signals.ts'
import type { KevEntry } from '../../core/exposure/obligation/signals.ts'
import type { VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import type { Catalogue } from '../../formats/known/feed-file.ts'
import type { FeedItem, FeedKind, KnownEntry, NotTaken } from '../../formats/known/known-entry.ts'
import type { WantsPackage } from '../../formats/known/osv-record.ts'

const MOST_EXAMPLES = 10_000

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
  readonly counts = new Map<FeedKind, number>()
  /** What is not in, by reason, and the first of them. */
  readonly aside = new Map<NotTaken, number>()
  readonly examples: SetAsideItem[] = []
  files = 0
  /** Of OSV records about other packages only the names are read; null: of none. */
  readonly wants: WantsPackage | null
  #catalogues = new Map<string, { entries: Map<string, KevEntry>; newest: number }>()
  #epss: { scored: number; scores: Map<string, Said<number>> } | null = null
  #ssvc: Map<string, EnrichedSaid> | null = null

  constructor(wants: WantsPackage | null = null) {
    this.wants = wants
  }

  /** Takes what became of one item of a file; `catalogue` is what the file says of itself. */
  take(item: FeedItem, file: string, catalogue: Catalogue | null): void {
    if (!item.ok) {
      this.setAside({ file, at: item.at, id: item.id, why: item.why })
      return
    }
    this.counts.set(item.kind, (this.counts.get(item.kind) ?? 0) + 1)
    for (const entry of item.entries) this.#entry(entry, file, catalogue)
  }

  #entry(entry: KnownEntry, file: string, catalogue: Catalogue | null): void {
    switch (entry.of) {
      case 'record':
        this.records.push(entry.record)
        return
      case 'vex':
        for (const statement of entry.statements) this.statements.push(statement)
        return
      case 'kev':
        this.#kev(file, entry.row.entry, catalogue?.asOf ?? null)
        return
      case 'epss':
        this.#scored(file, entry.row.cve, entry.row.score, entry.row.scored)
        return
      case 'ssvc':
        this.#enriched(file, entry.row)
        return
    }
  }

  setAside(item: SetAsideItem): void {
    this.aside.set(item.why, (this.aside.get(item.why) ?? 0) + 1)
    if (this.examples.length < MOST_EXAMPLES) this.examples.push(item)
  }

  #kev(file: string, entry: KevEntry, asOf: Instant | null): void {
    const held = this.#catalogues.get(file) ?? { entries: new Map(), newest: asOf ?? Number.NEGATIVE_INFINITY }
    held.entries.set(entry.cve, entry)
    held.newest = Math.max(held.newest, entry.added)
    this.#catalogues.set(file, held)
  }

  /** Of several files the one scored last counts; where none says when, the one read last. */
  #scored(file: string, cve: string, value: number, scored: Instant | null): void {
    const at = scored ?? Number.NEGATIVE_INFINITY
    if (this.#epss === null || at > this.#epss.scored) this.#epss = { scored: at, scores: this.#epss?.scores ?? new Map() }
    if (at >= this.#epss.scored) this.#epss.scores.set(cve, { value, source: file, at: scored })
  }

  #enriched(file: string, { cve, ssvc, at, kev, vectors }: Extract<KnownEntry, { of: 'ssvc' }>['row']): void {
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
