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

/** The book of what is known, as `KnownFollower` feeds it. Everything else only reads it. */
export class KnownMemory implements KnownBook {
  version = 0
  loaded = false
  readonly #index: AdvisoryIndex = buildIndex([])
  readonly #byId = new Map<string, AdvisoryRecord[]>()
  readonly #aliases = new AliasBook<AdvisoryRecord>()
  readonly #signals = new KnownSignals()
  readonly #vex = new Map<string, readonly VexStatement[]>()
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

  /** Takes over what one read of the database gave, all at once, and tells whoever listens. */
  apply(said: Iterable<KnownSaid>, editions: Editions, version: number): void {
    const former: AdvisoryRecord[] = []
    const now: AdvisoryRecord[] = []
    const cves = new Set<string>()
    const stated = new Set<string>()
    for (const one of said) {
      if (one.kind === 'record') this.#record(one, former, now)
      else if (one.kind === 'vex') this.#vexDocument(one, stated)
      else if (this.#signals.take(one)) cves.add(one.id)
    }
    const first = this.#signals.edition(editions)
    const regrouped = this.#aliases.change(former, now)
    const isNothing = this.loaded && former.length + now.length + cves.size + stated.size === 0 && !first
    this.version = version
    this.loaded = true
    if (isNothing) return
    const keys = new Set([...former, ...now].flatMap(keysOf))
    const change = { version, records: now, former, keys, regrouped, cves, catalogues: first, stated }
    for (const listener of this.#listeners) listener(change)
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
    else
      this.#byId.set(
        folded,
        others.sort((a, b) => (a.source < b.source ? -1 : 1)),
      )
  }

  #vexDocument({ source, id, body }: Extract<KnownSaid, { kind: 'vex' }>, stated: Set<string>): void {
    const key = recordKey({ source, id })
    for (const statement of [...(this.#vex.get(key) ?? []), ...(body ?? [])])
      for (const name of statement.ids) stated.add(foldedId(name))
    if (body === null) this.#vex.delete(key)
    else this.#vex.set(key, body)
    this.#statements = null
  }
}

function keysOf(record: AdvisoryRecord): string[] {
  return [...record.affected.map(({ key }) => key), ...productEntries(record).map(({ key }) => key)]
}
