import { type AdvisoryIndex, buildIndex } from './advisory-index.ts'
import type { AdvisoryRecord } from './advisory-record.ts'
import type { Component } from './component.ts'
import { lookUpSubject } from './look-up.ts'
import type { Match } from './match.ts'
import { type MatchSubject, productKeys, subjectOf } from './match-subject.ts'
import { packageEntries } from './package-entry.ts'
import { productEntries } from './product-entry.ts'

/** One distinct component that an advisory holds, or might, and who runs it. */
export interface AffectedRows {
  readonly component: Component
  readonly match: Match
  /** Numbers of assets, in no order; a view that stands until the table changes. */
  readonly assets: Uint32Array
}

interface Distinct {
  readonly component: Component
  readonly subject: MatchSubject
  assets: Uint32Array
  count: number
}

/** Components that the first asset has now, and those that the last one had: whoever keeps something by them follows. */
export interface TableChange {
  readonly met: readonly Component[]
  readonly gone: readonly Component[]
}

/**
 * Who runs what, column by column: each distinct component once, with the numbers of the assets that have it. A new advisory is held
 * against distinct versions of the packages it names, and rows are only pointed at. Four bytes a row twice, plus the distinct ones,
 * of which nothing is kept once the last asset has it no more.
 */
export class ComponentTable {
  private readonly numbers = new Map<string, number>()
  private readonly distinct: (Distinct | null)[] = []
  /** Places in `distinct` that are free again. */
  private readonly free: number[] = []
  /** Package and product keys, and the distinct components that answer to them: most keys have one. */
  private readonly byKey = new Map<string, number | Set<number>>()
  private readonly byAsset = new Map<number, Uint32Array>()
  private held = 0

  /** Components over all assets, each once an asset. */
  get rows(): number {
    return this.held
  }

  /** Distinct components that some asset has. */
  get size(): number {
    return this.numbers.size
  }

  /** Puts an asset's inventory in place of the one it had; what stands there twice counts once. `asset` is a number below 2^32. */
  putAsset(asset: number, components: Iterable<Component>): TableChange {
    const met: Component[] = []
    const gone: Component[] = []
    const former = this.byAsset.get(asset) ?? new Uint32Array(0)
    const had = new Set(former)
    const has = new Set<number>()
    for (const component of components) has.add(this.numberOf(component, met))
    for (const number of former) if (!has.has(number)) this.drop(number, asset, gone)
    for (const number of has) if (!had.has(number)) addTo(this.distinct[number]!, asset)
    this.byAsset.set(asset, Uint32Array.from(has))
    this.held += has.size - former.length
    return { met, gone }
  }

  /** Takes an asset out; null where it was not there. */
  removeAsset(asset: number): TableChange | null {
    const former = this.byAsset.get(asset)
    if (former === undefined) return null
    const gone: Component[] = []
    for (const number of former) this.drop(number, asset, gone)
    this.byAsset.delete(asset)
    this.held -= former.length
    return { met: [], gone }
  }

  /** What one asset has, each component once. */
  componentsOf(asset: number): readonly Component[] {
    return Array.from(this.byAsset.get(asset) ?? [], (number) => this.distinct[number]!.component)
  }

  /** How many components these assets have, each once an asset, and how many distinct ones with these beside them. */
  roomOf(assets: Iterable<number>, beside: Iterable<Component>): { readonly rows: number; readonly distinct: number } {
    const isHad = new Uint8Array(this.distinct.length)
    let [rows, distinct] = [0, 0]
    const have = (number: number) => {
      if (isHad[number] === 0) distinct++
      isHad[number] = 1
    }
    for (const asset of assets) {
      const numbers = this.byAsset.get(asset) ?? []
      rows += numbers.length
      for (const number of numbers) have(number)
    }
    const fresh = new Set<string>()
    for (const component of beside) {
      const text = textOf(component)
      const number = this.numbers.get(text)
      if (number === undefined) fresh.add(text)
      else have(number)
    }
    return { rows, distinct: distinct + fresh.size }
  }

  /** Who has a component, in no order; a view that stands until the table changes. */
  assetsOf(component: Component): Uint32Array {
    const number = this.numbers.get(textOf(component))
    if (number === undefined) return new Uint32Array(0)
    const { assets, count } = this.distinct[number]!
    return assets.subarray(0, count)
  }

  /** What a new or changed advisory means for all assets: one entry per distinct component that it holds, or might. */
  affectedBy(record: AdvisoryRecord): AffectedRows[] {
    const index: AdvisoryIndex = buildIndex([record])
    const numbers = new Set<number>()
    for (const key of keysOf(record)) for (const number of this.numbersAt(key)) numbers.add(number)
    const rows: AffectedRows[] = []
    for (const number of numbers) {
      const { component, subject, assets, count } = this.distinct[number]!
      const [found] = lookUpSubject(index, subject)
      if (found !== undefined) rows.push({ component, match: found.match, assets: assets.subarray(0, count) })
    }
    return rows
  }

  /** Every distinct component that some asset has: matching all of them once answers for all rows. */
  *everyComponent(): Generator<{
    readonly component: Component
    readonly subject: MatchSubject
    readonly assets: Uint32Array
  }> {
    for (const one of this.distinct)
      if (one !== null) yield { component: one.component, subject: one.subject, assets: one.assets.subarray(0, one.count) }
  }

  private numberOf(component: Component, met: Component[]): number {
    const text = textOf(component)
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const number = this.free.pop() ?? this.distinct.length
    const subject = subjectOf(component)
    this.numbers.set(text, number)
    this.distinct[number] = { component, subject, assets: new Uint32Array(1), count: 0 }
    for (const key of subjectKeys(subject)) {
      const held = this.byKey.get(key)
      if (held === undefined) this.byKey.set(key, number)
      else if (typeof held === 'number') this.byKey.set(key, new Set([held, number]))
      else held.add(number)
    }
    met.push(component)
    return number
  }

  private numbersAt(key: string): Iterable<number> {
    const held = this.byKey.get(key) ?? []
    return typeof held === 'number' ? [held] : held
  }

  private drop(number: number, asset: number, gone: Component[]): void {
    const distinct = this.distinct[number]!
    dropFrom(distinct, asset)
    if (distinct.count > 0) return
    this.numbers.delete(textOf(distinct.component))
    for (const key of subjectKeys(distinct.subject)) {
      const held = this.byKey.get(key)
      if (typeof held === 'object' && held.delete(number) && held.size > 0) continue
      this.byKey.delete(key)
    }
    this.distinct[number] = null
    this.free.push(number)
    gone.push(distinct.component)
  }
}

function subjectKeys(subject: MatchSubject): Set<string> {
  const keys = new Set(productKeys(subject))
  for (const named of [subject.package, subject.source]) if (named !== null) keys.add(packageKeyOf(named.key))
  return keys
}

/** Package keys and product keys are kept apart: a product may be called what a package is. */
function packageKeyOf(key: string): string {
  return `pkg ${key}`
}

function keysOf(record: AdvisoryRecord): Set<string> {
  return new Set([
    ...packageEntries(record).map(({ affected }) => packageKeyOf(affected.key)),
    ...productEntries(record).map(({ key }) => key),
  ])
}

/**
 * What decides a component's matches and what people are shown of it, as one text: nobody may read another's words for the same
 * package. A version beside the purl counts where the purl has none.
 */
function textOf({ purl, cpes, marks, version, group, name }: Component): string {
  const isPlain = purl !== null && group === null && cpes.length === 0 && marks.length === 0
  return isPlain && !name.includes('/') && purl.endsWith(`/${name}@${version}`)
    ? purl
    : JSON.stringify([purl, cpes, marks, version, group, name])
}

function addTo(distinct: Distinct, asset: number): void {
  if (distinct.count === distinct.assets.length) {
    const wider = new Uint32Array(Math.ceil(distinct.count * 1.5) + 1)
    wider.set(distinct.assets)
    distinct.assets = wider
  }
  distinct.assets[distinct.count++] = asset
}

function dropFrom(distinct: Distinct, asset: number): void {
  const at = distinct.assets.subarray(0, distinct.count).indexOf(asset)
  if (at < 0) return
  distinct.count--
  distinct.assets[at] = distinct.assets[distinct.count]!
}
