import type { RecordAside, RecordsTaken } from '../../../contract/shapes/records.ts'
import type { Catalogue } from '../../../formats/known/feed-file.ts'
import type { FeedItem, FeedKind, KnownEntry, NotTaken } from '../../../formats/known/known-entry.ts'
import type { KnownCounts, KnownEnd, KnownIntake, KnownRow } from '../../store/known-intake.ts'
import { rowOf } from './known-row.ts'

const BATCH_ROWS = 1000
const BATCH_BYTES = 4 << 20
const MOST_ASIDE = 100
const MOST_SPARED = 10_000
/** Days are days somewhere; what is dated later than this has no time that could be believed. */
const SKEW = 24 * 3_600_000

type Counted = Omit<RecordsTaken, 'feed' | 'kind' | 'setAside' | 'version'>

/** What was read of one file so far: rows go on in batches, what is set aside is counted, and the first of it kept. */
export class KnownReading {
  readonly catalogue: Catalogue | null
  readonly aside: RecordAside[] = []
  /** Ids that were set aside: they are in the file all the same. */
  readonly spared: string[] = []
  newest: number | null = null
  readonly #wanted: FeedKind | null
  readonly #latest: number
  readonly #intake: Pick<KnownIntake, 'add'>
  readonly #kinds = new Set<FeedKind>()
  #rows: KnownRow[] = []
  #bytes = 0
  #items = 0
  #entries = 0
  #asideCount = 0
  #isBroken = false

  constructor(wanted: FeedKind | null, catalogue: Catalogue | null, intake: Pick<KnownIntake, 'add'>, now: number) {
    this.#wanted = wanted
    this.#latest = now + SKEW
    // One from the future would stand against every later edition.
    this.catalogue = catalogue === null ? null : { ...catalogue, asOf: this.#believed(catalogue.asOf) }
    this.#intake = intake
  }

  get kind(): FeedKind | null {
    const [only, ...others] = this.#kinds
    return others.length > 0 ? null : (only ?? this.#wanted)
  }

  /** Why nothing is removed: part of the file is not known to be read; null: it was read whole. */
  get keeps(): RecordsTaken['notRemoved'] {
    if (this.#isBroken || this.spared.length > MOST_SPARED) return 'set-aside'
    return this.#entries === 0 ? 'nothing-read' : null
  }

  async take(items: readonly FeedItem[]): Promise<void> {
    for (const item of items) {
      this.#items++
      if (!item.ok) this.#setAside(item.at, item.id, item.why)
      else this.#take(item)
      if (this.#rows.length >= BATCH_ROWS || this.#bytes >= BATCH_BYTES) await this.flush()
    }
  }

  /** Hands on what is gathered. */
  async flush(): Promise<void> {
    const rows = this.#rows
    this.#rows = []
    this.#bytes = 0
    await this.#intake.add(rows)
  }

  counts(whole: boolean, { fresh, changed, older, removed, outdated }: KnownCounts): Counted {
    return {
      items: this.#items,
      entries: this.#entries,
      fresh,
      changed,
      unchanged: this.#entries - fresh - changed - (outdated ? this.#entries : older),
      older: outdated ? this.#entries : older,
      removed,
      notRemoved: whole && !outdated ? this.keeps : null,
      outdated,
      setAsideCount: this.#asideCount,
    }
  }

  taken({ feed, kind, whole }: KnownEnd, counts: KnownCounts): RecordsTaken {
    const { version } = counts
    return { feed, kind: kind as FeedKind | null, ...this.counts(whole, counts), setAside: this.aside, version }
  }

  #take(item: Extract<FeedItem, { ok: true }>): void {
    const entries = wantedOf(item, this.#wanted)
    if (entries === null) {
      this.#setAside(item.at, null, 'other-kind')
      return
    }
    const rows: KnownRow[] = []
    for (const entry of entries) {
      const row = rowOf(entry)
      // An item stands whole or not at all.
      if (row === null) {
        this.#setAside(item.at, null, 'no-id')
        return
      }
      rows.push({ ...row, modified: this.#believed(row.modified) })
      const at = this.#believed(timeOf(entry))
      if (at !== null && at > (this.newest ?? Number.NEGATIVE_INFINITY)) this.newest = at
    }
    this.#kinds.add(item.kind)
    this.#entries += rows.length
    for (const row of rows) {
      this.#rows.push(row)
      this.#bytes += row.body.length
    }
  }

  #believed<T extends number>(at: T | null): T | null {
    return at === null || at > this.#latest ? null : at
  }

  #setAside(place: string, id: string | null, why: NotTaken): void {
    this.#asideCount++
    if (id === null) this.#isBroken = true
    else if (this.spared.length <= MOST_SPARED) this.spared.push(plain(id))
    if (this.aside.length < MOST_ASIDE) this.aside.push({ place: plain(place), id: id === null ? null : plain(id), why })
  }
}

/** Of a record that says more than was announced only what was announced counts; null where that is nothing. */
function wantedOf({ kind, entries }: Extract<FeedItem, { ok: true }>, wanted: FeedKind | null): readonly KnownEntry[] | null {
  if (wanted === null || wanted === kind) return entries
  const part = (kind === 'cve' && wanted === 'ssvc') || (kind === 'csaf' && wanted === 'vex') ? wanted : null
  const of = part === null ? [] : entries.filter((entry) => entry.of === part)
  return of.length === 0 ? null : of
}

function timeOf(entry: KnownEntry): number | null {
  switch (entry.of) {
    case 'record':
      return entry.record.modified
    case 'kev':
      return entry.row.entry.added
    case 'epss':
      return entry.row.scored
    case 'ssvc':
      return entry.row.at
    case 'vex':
      return entry.statements[0]?.at ?? null
  }
}

/** As a database keeps it and a page shows it: no controls, no half characters, not long. */
function plain(text: string): string {
  return text
    .slice(0, 200)
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f]/g, '\ufffd')
}
