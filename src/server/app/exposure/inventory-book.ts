import { assess, type ComponentFlaw, matchKey } from '../../../core/exposure/assess.ts'
import type { AssetTags, Component } from '../../../core/exposure/component.ts'
import { ComponentTable } from '../../../core/exposure/component-table.ts'
import type { RecordMatch } from '../../../core/exposure/look-up.ts'
import type { KnownBook, KnownChange } from './known-book.ts'

/** One stored inventory as it is held in memory. */
export interface HeldAsset {
  readonly organisation: string
  readonly inventory: string
  readonly version: number
  readonly asset: string
  readonly tags: AssetTags
  readonly receivedAt: number
}

/** One distinct component that records speak of, whoever has it. */
export interface HeldPlace {
  readonly key: string
  readonly component: Component
  readonly matches: readonly RecordMatch[]
}

/** More changed records than this are cheaper to meet by matching everything again. */
const MANY = 2_000

/** All stored inventories, each distinct component once and matched once, for every organisation of this server. */
export class InventoryBook {
  readonly #known: Pick<KnownBook, 'lookUp' | 'groupOf' | 'version'>
  readonly #table = new ComponentTable()
  readonly #assets = new Map<number, HeldAsset>()
  readonly #numbers = new Map<string, number>()
  /** Every distinct component by what records could tell apart, and what the table may call it. */
  readonly #variants = new Map<string, Component[]>()
  readonly #places = new Map<string, HeldPlace>()
  readonly #flaws = new WeakMap<HeldPlace, { readonly version: number; readonly flaws: readonly ComponentFlaw[] }>()
  #next = 0

  constructor(known: Pick<KnownBook, 'lookUp' | 'groupOf' | 'version'>) {
    this.#known = known
  }

  /** Components over all inventories, each once an inventory. */
  get rows(): number {
    return this.#table.rows
  }

  get assets(): Iterable<HeldAsset> {
    return this.#assets.values()
  }

  asset(inventory: string): HeldAsset | undefined {
    const number = this.#numbers.get(inventory)
    return number === undefined ? undefined : this.#assets.get(number)
  }

  /** Puts an inventory in its place; the places that it had or has are answered. */
  put(asset: HeldAsset, components: Iterable<Component>): ReadonlySet<string> {
    const touched = new Set(this.placesIn(asset.inventory))
    const number = this.#numbers.get(asset.inventory) ?? this.#next++
    this.#numbers.set(asset.inventory, number)
    this.#assets.set(number, asset)
    const all = [...components]
    for (const component of all) this.#meet(component)
    const former = this.#table.componentsOf(number)
    this.#table.putAsset(number, all)
    this.#forget(former)
    for (const key of this.placesIn(asset.inventory)) touched.add(key)
    return touched
  }

  remove(inventory: string): ReadonlySet<string> {
    const touched = new Set(this.placesIn(inventory))
    const number = this.#numbers.get(inventory)
    if (number === undefined) return touched
    const former = this.#table.componentsOf(number)
    this.#table.removeAsset(number)
    this.#forget(former)
    this.#numbers.delete(inventory)
    this.#assets.delete(number)
    return touched
  }

  /** Matches again what a change of the records reaches, and nothing else; the places that it touched. */
  change(change: KnownChange): ReadonlySet<string> {
    const touched = new Set<string>()
    const records = [...change.former, ...change.records]
    if (records.length > MANY) for (const key of this.#variants.keys()) this.#match(key, touched)
    else {
      const reached = new Set<string>()
      for (const record of records) for (const { component } of this.#table.affectedBy(record)) reached.add(matchKey(component))
      for (const key of reached) this.#match(key, touched)
    }
    if (change.regrouped.size + change.cves.size + change.stated.size > 0)
      for (const { key, matches } of this.#places.values())
        if (!touched.has(key) && this.#speaks(matches, change)) touched.add(key)
    // A change may come in parts under one version.
    for (const key of touched) {
      const place = this.#places.get(key)
      if (place !== undefined) this.#flaws.delete(place)
    }
    return touched
  }

  place(key: string): HeldPlace | undefined {
    return this.#places.get(key)
  }

  /** The flaws of a component as its records say them now, each once. */
  flawsOf(place: HeldPlace): readonly ComponentFlaw[] {
    const held = this.#flaws.get(place)
    if (held !== undefined && held.version === this.#known.version) return held.flaws
    const flaws = assess([place], { groupOf: (id) => this.#known.groupOf(id) }).affected
    this.#flaws.set(place, { version: this.#known.version, flaws })
    return flaws
  }

  /** Assets that have a component, in order of their ids. */
  assetsWith(key: string): readonly HeldAsset[] {
    const found = new Map<number, HeldAsset>()
    for (const component of this.#variants.get(key) ?? [])
      for (const number of this.#table.assetsOf(component)) found.set(number, this.#assets.get(number)!)
    return [...found.values()].sort((a, b) => (a.inventory < b.inventory ? -1 : 1))
  }

  /** Keys of what an inventory has that records speak of. */
  placesIn(inventory: string): string[] {
    return this.componentsIn(inventory).flatMap((component) => {
      const key = matchKey(component)
      return this.#places.has(key) ? [key] : []
    })
  }

  componentsIn(inventory: string): readonly Component[] {
    const number = this.#numbers.get(inventory)
    return number === undefined ? [] : this.#table.componentsOf(number)
  }

  /** Every place that some asset of the organisation has. */
  placesOf(organisation: string): ReadonlySet<string> {
    const keys = new Set<string>()
    for (const asset of this.#assets.values())
      if (asset.organisation === organisation) for (const key of this.placesIn(asset.inventory)) keys.add(key)
    return keys
  }

  #meet(component: Component): void {
    const key = matchKey(component)
    const known = this.#variants.get(key)
    if (known === undefined) {
      this.#variants.set(key, [component])
      this.#match(key, new Set())
    } else if (!known.some((one) => sameNames(one, component))) known.push(component)
  }

  /** What nobody has any more is not matched again when records change, so it is met anew when it comes back. */
  #forget(components: readonly Component[]): void {
    for (const component of components) {
      const key = matchKey(component)
      const variants = this.#variants.get(key) ?? []
      if (variants.some((one) => this.#table.assetsOf(one).length > 0)) continue
      this.#variants.delete(key)
      this.#places.delete(key)
    }
  }

  #match(key: string, touched: Set<string>): void {
    const [component] = this.#variants.get(key) ?? []
    if (component === undefined) return
    const matches = this.#known.lookUp(component)
    const had = this.#places.has(key)
    if (matches.length > 0) this.#places.set(key, { key, component, matches })
    else this.#places.delete(key)
    if (had || matches.length > 0) touched.add(key)
  }

  #speaks(matches: readonly RecordMatch[], { regrouped, cves, stated }: KnownChange): boolean {
    return matches.some(({ record }) => {
      const ids = this.#known.groupOf(record.id)?.ids ?? [record.id]
      return ids.some((id) => regrouped.has(id) || cves.has(id) || stated.has(id))
    })
  }
}

function sameNames(a: Component, b: Component): boolean {
  return a.purl === b.purl && a.cpes.join(' ') === b.cpes.join(' ') && a.marks.join(' ') === b.marks.join(' ')
}
