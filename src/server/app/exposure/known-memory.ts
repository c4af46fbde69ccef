import { setImmediate } from 'node:timers/promises'
import {
  type AdvisoryIndex,
  buildIndex,
  recordKey,
  removeRecord,
  replaceRecord,
} from '../../../core/exposure/advisory-index.ts'
import type { AdvisoryRecord } from '../../../core/exposure/advisory-record.ts'
import { AliasBook } from '../../../core/exposure/aliases/alias-book.ts'
import { foldedId } from '../../../core/exposure/aliases/flaw-names.ts'
import type { FlawGroup, KeptApart } from '../../../core/exposure/aliases/join-aliases.ts'
import type { Component } from '../../../core/exposure/component.ts'
import type { SignalBook } from '../../../core/exposure/flaw-signals.ts'
import { lookUp, lookUpSubject, type RecordMatch } from '../../../core/exposure/look-up.ts'
import type { MatchSubject } from '../../../core/exposure/match-subject.ts'
import { productEntries } from '../../../core/exposure/product-entry.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { KnownBook, KnownChange, KnownFlaw } from './known-book.ts'
import type { KnownSaid } from './known-row.ts'
import { type Editions, KnownSignals } from './known-signals.ts'
import { StatementIndex } from './statement-index.ts'

type RecordSaid = Extract<KnownSaid, { kind: 'record' }>

/** Records after which others have their turn. */
const AT_ONCE = 1000
const NOTHING = { cves: new Set<string>(), stated: new Set<string>(), catalogues: false }

/** The book of what is known, as `KnownFollower` feeds it. Everything else only reads it. */
export class KnownMemory implements KnownBook {
  version = 0
  /** Number of the newest import that is in: the same on every process that has read as far. */
  readTo = 0
  loaded = false
  whole = true
  readonly #index: AdvisoryIndex = buildIndex([])
  readonly #byId = new Map<string, AdvisoryRecord[]>()
  readonly #aliases = new AliasBook<AdvisoryRecord>()
  readonly #signals = new KnownSignals()
  readonly #vex = new Map<string, readonly VexStatement[]>()
  readonly #stated = new StatementIndex()
  readonly #listeners = new Set<(change: KnownChange) => void>()
  #statements: readonly VexStatement[] | null = []
  #newest: Instant | null = null

  get size(): KnownBook['size'] {
    return { records: this.#index.records.size, newest: this.#newest }
  }

  /** Flaws, however many databases name each. */
  get flaws(): number {
    return this.#aliases.flaws
  }

  /** Which editions of KEV and EPSS answer. */
  get editions(): Editions {
    return this.#signals.editions
  }

  get records(): Iterable<AdvisoryRecord> {
    return this.#index.records.values()
  }

  get signals(): SignalBook {
    return this.#signals.book
  }

  get statements(): readonly VexStatement[] {
    this.#statements ??= [...this.#vex.values()].flat()
    return this.#statements
  }

  statementsAbout(name: string): Iterable<VexStatement> {
    return this.#stated.about(name)
  }

  get vexAuthors(): ReadonlyMap<string, number> {
    return this.#stated.authors
  }

  lookUp(component: Component): RecordMatch[] {
    return lookUp(this.#index, component)
  }

  lookUpSubject(subject: MatchSubject): RecordMatch[] {
    return lookUpSubject(this.#index, subject)
  }

  recordsOf(id: string): readonly AdvisoryRecord[] {
    return this.#byId.get(foldedId(id)) ?? []
  }

  groupOf(id: string): FlawGroup | undefined {
    return this.#aliases.groupOf(id)
  }

  flawOf(id: string): KnownFlaw | null {
    const group = this.#aliases.groupOf(id)
    if (group === undefined) return null
    const { primary, ids, covers, joins } = group
    const records = ids.flatMap((one) => this.recordsOf(one))
    const apart = new Map<string, KeptApart>()
    for (const one of ids) for (const kept of this.#aliases.keptApart(one)) apart.set(JSON.stringify(kept), kept)
    return { primary, ids, covers, joins, records, keptApart: [...apart.values()] }
  }

  onChange(take: (change: KnownChange) => void): () => void {
    this.#listeners.add(take)
    return () => this.#listeners.delete(take)
  }

  /**
   * Takes over what one read of the database gave and tells whoever listens: signals and statements at once, records some at a time,
   * so that others have their turn; each is there whole or not yet. Never called twice at once. Returns what listeners threw.
   */
  async apply(said: readonly KnownSaid[], editions: Editions, readTo: number): Promise<readonly unknown[]> {
    const cves = new Set<string>()
    const stated = new Set<string>()
    const records: RecordSaid[] = []
    const accidents: unknown[] = []
    for (const one of said) {
      if (one.kind === 'record') records.push(one)
      else if (one.kind === 'vex') this.#vexDocument(one, stated)
      else if (this.#signals.take(one)) cves.add(one.id)
    }
    const catalogues = this.#signals.edition(editions)
    let rest: Pick<KnownChange, 'cves' | 'stated' | 'catalogues'> = { cves, stated, catalogues }
    for (let from = 0; from === 0 || from < records.length; from += AT_ONCE) {
      if (from > 0) await setImmediate()
      this.whole = from + AT_ONCE >= records.length
      const change = this.#take(records.slice(from, from + AT_ONCE))
      if (this.loaded) this.#tell({ ...change, ...rest }, accidents)
      rest = NOTHING
    }
    this.readTo = readTo
    if (!this.loaded) {
      this.loaded = true
      this.#tell(this.#everything(), accidents)
    }
    return accidents
  }

  #take(said: readonly RecordSaid[]): Omit<KnownChange, 'cves' | 'stated' | 'catalogues'> {
    const former: AdvisoryRecord[] = []
    const now: AdvisoryRecord[] = []
    for (const one of said) this.#record(one, former, now)
    const regrouped = this.#aliases.change(former, now)
    this.version++
    return { version: this.version, records: now, former, keys: new Set([...former, ...now].flatMap(keysOf)), regrouped }
  }

  #everything(): KnownChange {
    const { packages, products, records } = this.#index
    const keys = new Set([...packages.keys(), ...products.keys()])
    const stated = new Set(this.statements.flatMap(({ ids }) => ids.map(foldedId)))
    const cves = this.#signals.cves
    const all = { records: [...records.values()], former: [], keys, regrouped: new Set<string>(), cves, stated }
    return { version: this.version, ...all, catalogues: true }
  }

  /** The book has changed already: one listener's accident is not another's, and is told when all have heard. */
  #tell(change: KnownChange, accidents: unknown[]): void {
    const { records, former, cves, stated, catalogues } = change
    if (records.length + former.length + cves.size + stated.size === 0 && !catalogues) return
    for (const listener of this.#listeners) {
      try {
        listener(change)
      } catch (error) {
        accidents.push(error)
      }
    }
  }

  #record({ source, id, body }: Extract<KnownSaid, { kind: 'record' }>, former: AdvisoryRecord[], now: AdvisoryRecord[]): void {
    const held = this.#index.records.get(recordKey({ source, id }))
    const folded = foldedId(id)
    const others = (this.#byId.get(folded) ?? []).filter((one) => one !== held)
    if (held !== undefined) former.push(held)
    if (body !== null) {
      replaceRecord(this.#index, body)
      now.push(body)
      others.push(body)
      if (body.modified !== null && body.modified > (this.#newest ?? Number.NEGATIVE_INFINITY)) this.#newest = body.modified
    } else if (held !== undefined) removeRecord(this.#index, held)
    if (others.length === 0) this.#byId.delete(folded)
    else this.#byId.set(folded, others.sort(bySource))
  }

  #vexDocument({ source, id, body }: Extract<KnownSaid, { kind: 'vex' }>, stated: Set<string>): void {
    const key = recordKey({ source, id })
    for (const statement of [...(this.#vex.get(key) ?? []), ...(body ?? [])])
      for (const name of statement.ids) stated.add(foldedId(name))
    this.#stated.remove(this.#vex.get(key) ?? [])
    this.#stated.add(body ?? [])
    if (body === null) this.#vex.delete(key)
    else this.#vex.set(key, body)
    this.#statements = null
  }
}

/** The same order on every process, whichever came first. */
function bySource(a: AdvisoryRecord, b: AdvisoryRecord): number {
  const [x, y] = [recordKey(a), recordKey(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

function keysOf(record: AdvisoryRecord): string[] {
  return [...record.affected.map(({ key }) => key), ...productEntries(record).map(({ key }) => key)]
}
