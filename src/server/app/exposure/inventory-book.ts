import { foldedId } from '../../../core/exposure/aliases/flaw-names.ts'
import { assess, type ComponentFlaw, matchKey } from '../../../core/exposure/assess.ts'
import type { AssetTags, Component } from '../../../core/exposure/component.ts'
import { ComponentTable, type TableChange } from '../../../core/exposure/component-table.ts'
import type { RecordMatch } from '../../../core/exposure/look-up.ts'
import type { Whole } from '../../../core/exposure/vex/vex-reach.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import type { KnownBook, KnownChange } from './known-book.ts'

/** One stored inventory as it is held in memory. */
export interface HeldAsset {
  readonly organisation: string
  readonly inventory: string
  readonly version: number
  readonly asset: string
  readonly tags: AssetTags
  readonly receivedAt: number
  /** What it is about; null or absent: it does not say. */
  readonly whole?: Whole | null
  /** What it states itself of flaws. */
  readonly stated?: readonly VexStatement[]
  /** Characters of that. */
  readonly statedSize?: number
}

/** What an organisation takes of the memory of this process. */
export interface Room {
  /** Components over all its inventories, each once an inventory. */
  readonly rows: number
  readonly distinct: number
  /** Characters of what its inventories state of flaws. */
  readonly stated: number
}

/** One distinct component that records speak of, whoever has it. */
export interface HeldPlace {
  readonly key: string
  readonly component: Component
  readonly matches: readonly RecordMatch[]
}

/** Where an organisation has a component, in its own words. */
export interface HeldWhere {
  readonly component: Component
  readonly assets: readonly HeldAsset[]
}

/** More changed records than this are cheaper to meet by matching everything again. */
const MANY = 2_000

/** All stored inventories, each distinct component once and matched once, for every organisation of this server. */
export class InventoryBook {
  readonly #known: Pick<KnownBook, 'lookUp' | 'groupOf' | 'version'>
  readonly #table = new ComponentTable()
  readonly #assets = new Map<number, HeldAsset>()
  readonly #numbers = new Map<string, number>()
  /** Every distinct component of the table by what records could tell apart. */
  readonly #variants = new Map<string, Component[]>()
  readonly #places = new Map<string, HeldPlace>()
  readonly #flaws = new WeakMap<HeldPlace, { readonly version: number; readonly flaws: readonly ComponentFlaw[] }>()
  /** Inventories that are there and could not be taken over, by the version that could not: what is owed on them stays as it is. */
  readonly passed = new Map<string, number>()
  /** Matches that were made before their inventory is in, by key, as the records of a version say them. */
  readonly #ready = new Map<string, { readonly version: number; readonly matches: readonly RecordMatch[] }>()
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

  /** Whether it holds the very inventories that stand in the database for an organisation. */
  isAbreast(organisation: string, versions: readonly { readonly id: string; readonly version: number }[]): boolean {
    const isHeld = ({ id, version }: { readonly id: string; readonly version: number }) =>
      this.asset(id)?.version === version || this.passed.get(id) === version
    if (!versions.every(isHeld)) return false
    const there = new Set(versions.map(({ id }) => id))
    for (const asset of this.#assets.values())
      if (asset.organisation === organisation && !there.has(asset.inventory)) return false
    return true
  }

  /** Puts an inventory in its place; the places that it had or has are answered. */
  put(asset: HeldAsset, components: Iterable<Component>): ReadonlySet<string> {
    const touched = new Set(this.placesIn(asset.inventory))
    const number = this.#numbers.get(asset.inventory) ?? this.#next++
    this.#numbers.set(asset.inventory, number)
    this.#assets.set(number, asset)
    this.#follow(this.#table.putAsset(number, components))
    for (const key of this.placesIn(asset.inventory)) touched.add(key)
    return touched
  }

  /** Matches a component that is about to come, so that what it costs is the same whoever else has it; forgotten by `forgetReady`. */
  makeReady(key: string, component: Component): readonly RecordMatch[] {
    const matches = this.#known.lookUp(component)
    this.#ready.set(key, { version: this.#known.version, matches })
    return matches
  }

  forgetReady(keys: Iterable<string>): void {
    for (const key of keys) this.#ready.delete(key)
  }

  remove(inventory: string): ReadonlySet<string> {
    const touched = new Set(this.placesIn(inventory))
    const number = this.#numbers.get(inventory)
    if (number === undefined) return touched
    const gone = this.#table.removeAsset(number)
    if (gone !== null) this.#follow(gone)
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

  /** Components of which some record is about one of these flaws, by folded names. */
  placesAbout(names: ReadonlySet<string>): readonly string[] {
    const of = (record: RecordMatch['record']) => [foldedId(record.id), ...(this.#known.groupOf(record.id)?.ids ?? [])]
    const about = (matches: readonly RecordMatch[]) => matches.some(({ record }) => of(record).some((id) => names.has(id)))
    return [...this.#places.values()].flatMap(({ key, matches }) => (about(matches) ? [key] : []))
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

  /** Assets of an organisation that have a component, in order of their ids, and the component as these assets call it; null where none has it. */
  held(key: string, organisation: string): HeldWhere | null {
    const found = new Map<number, HeldAsset>()
    let called: Component | null = null
    for (const component of this.#variants.get(key) ?? [])
      for (const number of this.#table.assetsOf(component)) {
        const asset = this.#assets.get(number)!
        if (asset.organisation !== organisation) continue
        found.set(number, asset)
        called = firstOf(called, component)
      }
    if (called === null) return null
    return { component: called, assets: [...found.values()].sort((a, b) => (a.inventory < b.inventory ? -1 : 1)) }
  }

  /** Organisations with an asset that has a component. */
  holders(key: string): ReadonlySet<string> {
    const found = new Set<string>()
    for (const component of this.#variants.get(key) ?? [])
      for (const number of this.#table.assetsOf(component)) found.add(this.#assets.get(number)!.organisation)
    return found
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

  /** What an organisation takes with an inventory of these components in place of one that it has (null: of none). */
  roomOf(organisation: string, former: string | null, components: readonly Component[], statedSize: number): Room {
    const others = [...this.#assets].filter(([, one]) => one.organisation === organisation && one.inventory !== former)
    const { rows, distinct } = this.#table.roomOf(
      others.map(([number]) => number),
      components,
    )
    const stated = others.reduce((sum, [, one]) => sum + (one.statedSize ?? 0), statedSize)
    return { rows: rows + components.length, distinct, stated }
  }

  /** Every place that some asset of the organisation has. */
  placesOf(organisation: string): ReadonlySet<string> {
    const keys = new Set<string>()
    for (const asset of this.#assets.values())
      if (asset.organisation === organisation) for (const key of this.placesIn(asset.inventory)) keys.add(key)
    return keys
  }

  #follow({ met, gone }: TableChange): void {
    for (const component of met) {
      const key = matchKey(component)
      const known = this.#variants.get(key)
      if (known !== undefined) known.push(component)
      else {
        this.#variants.set(key, [component])
        this.#match(key, new Set())
      }
    }
    // What nobody has any more is not matched again when records change, so it is met anew when it comes back.
    for (const component of gone) {
      const key = matchKey(component)
      const left = (this.#variants.get(key) ?? []).filter((one) => one !== component)
      if (left.length > 0) this.#variants.set(key, left)
      else {
        this.#variants.delete(key)
        this.#places.delete(key)
      }
    }
  }

  #match(key: string, touched: Set<string>): void {
    const [component] = this.#variants.get(key) ?? []
    if (component === undefined) return
    const ready = this.#ready.get(key)
    const matches = ready?.version === this.#known.version ? ready.matches : this.#known.lookUp(component)
    const had = this.#places.has(key)
    if (matches.length > 0) this.#places.set(key, { key, component, matches })
    else this.#places.delete(key)
    if (had || matches.length > 0) touched.add(key)
  }

  #speaks(matches: readonly RecordMatch[], { regrouped, cves, stated }: KnownChange): boolean {
    return matches.some(({ record }) => {
      const { ids, covers } = this.#known.groupOf(record.id) ?? { ids: [record.id], covers: [] }
      // A record of several CVE ids is dated by all of them.
      return [...ids, ...covers].some((id) => regrouped.has(id) || cves.has(id) || stated.has(id))
    })
  }
}

/** The same whichever inventory came first. */
function firstOf(a: Component | null, b: Component): Component {
  return a === null || wordsOf(b) < wordsOf(a) ? b : a
}

function wordsOf({ purl, cpes, marks, version, group, name }: Component): string {
  return JSON.stringify([purl, name, group, version, cpes, marks])
}
