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

/**
 * Who runs what, column by column: each distinct component once, with the numbers of the assets that have it. A new advisory is held
 * against distinct versions of the packages it names, and rows are only pointed at. Four bytes a row twice, plus the distinct ones.
 */
export class ComponentTable {
  private readonly numbers = new Map<string, number>()
  private readonly distinct: Distinct[] = []
  /** Package and product keys, and the distinct components that answer to them. */
  private readonly byKey = new Map<string, number[]>()
  private readonly byAsset = new Map<number, Uint32Array>()
  private held = 0

  /** Components over all assets, each once an asset. */
  get rows(): number {
    return this.held
  }

  /** Puts an asset's inventory in place of the one it had; what stands there twice counts once. `asset` is a number below 2^32. */
  putAsset(asset: number, components: Iterable<Component>): void {
    this.removeAsset(asset)
    const numbers = new Set<number>()
    for (const component of components) numbers.add(this.numberOf(component))
    const own = Uint32Array.from(numbers)
    for (const number of own) addTo(this.distinct[number]!, asset)
    this.byAsset.set(asset, own)
    this.held += own.length
  }

  /** Takes an asset out; false where it was not there. */
  removeAsset(asset: number): boolean {
    const own = this.byAsset.get(asset)
    if (own === undefined) return false
    for (const number of own) dropFrom(this.distinct[number]!, asset)
    this.byAsset.delete(asset)
    this.held -= own.length
    return true
  }

  /** What one asset has, each component once. */
  componentsOf(asset: number): readonly Component[] {
    return Array.from(this.byAsset.get(asset) ?? [], (number) => this.distinct[number]!.component)
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
    for (const key of keysOf(record)) for (const number of this.byKey.get(key) ?? []) numbers.add(number)
    const rows: AffectedRows[] = []
    for (const number of numbers) {
      const { component, subject, assets, count } = this.distinct[number]!
      if (count === 0) continue
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
    for (const { component, subject, assets, count } of this.distinct) {
      if (count > 0) yield { component, subject, assets: assets.subarray(0, count) }
    }
  }

  private numberOf(component: Component): number {
    const text = textOf(component)
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const number = this.distinct.length
    const subject = subjectOf(component)
    this.numbers.set(text, number)
    this.distinct.push({ component, subject, assets: new Uint32Array(1), count: 0 })
    const keys = productKeys(subject)
    if (subject.package !== null) keys.push(packageKeyOf(subject.package.key))
    for (const key of keys) {
      const held = this.byKey.get(key)
      if (held === undefined) this.byKey.set(key, [number])
      else held.push(number)
    }
    return number
  }
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

/** What decides a component's matches, as one text. A version beside the purl counts where the purl has none. */
function textOf({ purl, cpes, marks, version }: Component): string {
  return purl?.includes('@') && cpes.length === 0 && marks.length === 0 ? purl : JSON.stringify([purl, cpes, marks, version])
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
  if (distinct.count === 0) distinct.assets = new Uint32Array(1)
}
