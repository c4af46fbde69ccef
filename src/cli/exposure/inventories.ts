import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Component, Unmatched, UnmatchedWhy } from '../../core/exposure/component.ts'
import type { Distribution } from '../../core/exposure/distribution.ts'
import type { RecordMatch } from '../../core/exposure/look-up.ts'
import { packageKeys, subjectOf } from '../../core/exposure/match-subject.ts'
import { identityOfPurl } from '../../core/exposure/package-identity.ts'
import { familyOfKey } from '../../core/exposure/package-key.ts'
import { detectInventory } from '../../formats/inventory/detect-inventory.ts'
import {
  INVENTORY_LIMITS,
  type InventoryItem,
  type InventoryKind,
  type InventorySubject,
} from '../../formats/inventory/inventory.ts'
import { inventoryReader } from '../../formats/inventory/inventory-reader.ts'
import { HERE } from '../root.ts'
import { BadPacking, fileChunks, STDIN } from './file-chunks.ts'
import { HeldComponents, type LookUp } from './held-components.ts'
import { type NamedFile, namedFiles } from './named-files.ts'

const MOST_EXAMPLES = 10_000
const MOST_REFS = 100_000
/** Distinct components of small inventories that wait until all are read; beyond, the whole of every record is. */
const MOST_WAITING = 20_000
const HEAD = 1 << 16
const EMPTY = 'it is empty'
const STRANGE = 'it is no inventory that is read here; which are, is in docs/inventories.md'

/** One inventory: the asset it stands for, and which of what it has advisories speak of. */
export interface AssetRead {
  readonly name: string
  readonly file: string
  readonly path: string
  readonly kind: InventoryKind
  readonly subject: InventorySubject | null
  readonly components: number
  /** Numbers into `matched`. */
  readonly matched: ReadonlySet<number>
  /** Purls of its bom-refs, as far as statements may name components by them. */
  readonly refs: ReadonlyMap<string, string>
  /** Its own statements about flaws: nobody is made to believe them. */
  readonly stated: number
}

export interface RefusedInventory {
  readonly file: string
  readonly say: string
}

export interface InventoriesRead {
  readonly assets: readonly AssetRead[]
  /** Distinct components that records speak of. */
  readonly matched: readonly { readonly component: Component; readonly matches: readonly RecordMatch[] }[]
  readonly distinct: number
  /** Distinct components by kind of package: `npm`, `deb/debian`; those without a purl are in none. */
  readonly kinds: ReadonlyMap<string, number>
  /** Distinct packages of distributions that do not say of which release they are. */
  readonly releaseless: { readonly count: number; readonly first: string } | null
  /** RPMs of lists that do not show who built them. */
  readonly nameless: number
  readonly unmatched: ReadonlyMap<UnmatchedWhy, number>
  readonly examples: readonly (Unmatched & { readonly file: string })[]
  readonly refused: readonly RefusedInventory[]
}

export interface ReadingInventories {
  /** Whose packages those are that do not say it themselves. */
  readonly distribution: Distribution | null
  /**
   * The records: those about packages that are wanted, by their keys, or with null all of them. Asked for once, after the inventories
   * where those are small, so that only what they name is read of a feed, and while they are read where they are large.
   */
  readonly records: (wanted: ReadonlySet<string> | null) => Promise<LookUp>
  /** Whether records are asked for before anything else. */
  readonly recordsFirst: boolean
  /** Told of every distinct component as it passes, for those who want to explain one. */
  readonly see: (component: Component) => void
  readonly progress: (file: string, components: number) => void
}

/** Reads inventories and holds what is in them against records as it passes: only distinct identities and matches are kept. Throws Stop. */
export async function readInventories(places: readonly string[], ask: ReadingInventories): Promise<InventoriesRead> {
  const reading = new Reading(ask)
  if (ask.recordsFirst) await reading.settle(null)
  for (const place of places) {
    if (place === STDIN) await reading.file({ path: STDIN, name: 'standard-input' }, true)
    else if (statSync(resolve(HERE, place), { throwIfNoEntry: false })?.isDirectory()) await reading.folder(place)
    else for (const file of namedFiles([place])) await reading.file(file, true)
  }
  return reading.finished()
}

/** An asset as it is gathered: its numbers are made final once the records are there. */
type Gathered = Omit<AssetRead, 'refs'> & { readonly refs: ReadonlyMap<string, readonly [purl: string, number: number]> }

function settled({ matched, refs, ...asset }: Gathered, held: HeldComponents): AssetRead {
  const own = [...refs].filter(([, [, number]]) => held.last(number) >= 0)
  return {
    ...asset,
    matched: new Set([...matched].map((number) => held.last(number)).filter((place) => place >= 0)),
    refs: new Map(own.map(([ref, [purl]]) => [ref, purl])),
  }
}

function wantedBy(components: readonly Component[]): ReadonlySet<string> {
  return new Set(components.flatMap((component) => packageKeys(subjectOf(component))))
}

class Reading {
  readonly #ask: ReadingInventories
  readonly #held: HeldComponents
  readonly #kinds = new Map<string, number>()
  readonly #assets: Gathered[] = []
  /** Entries of assets about components that wait for records. */
  #waiting = 0
  readonly #unmatched = new Map<UnmatchedWhy, number>()
  readonly #examples: (Unmatched & { file: string })[] = []
  readonly #refused: RefusedInventory[] = []
  readonly #names = new Map<string, number>()
  #nameless = 0
  #releaseless: { count: number; readonly first: string } | null = null

  constructor(ask: ReadingInventories) {
    this.#ask = ask
    this.#held = new HeldComponents((component) => this.#isNew(component))
  }

  /** Asks for the records, unless they are there. */
  async settle(wanted: ReadonlySet<string> | null): Promise<void> {
    if (this.#held.waiting !== null) this.#held.settle(await this.#ask.records(wanted))
  }

  /** What came of all files. */
  async finished(): Promise<InventoriesRead> {
    await this.settle(wantedBy(this.#held.waiting ?? []))
    return {
      assets: this.#assets.map((asset) => settled(asset, this.#held)),
      matched: this.#held.matched,
      distinct: this.#held.size,
      kinds: this.#kinds,
      releaseless: this.#releaseless,
      nameless: this.#nameless,
      unmatched: this.#unmatched,
      examples: this.#examples,
      refused: this.#refused,
    }
  }

  /** Reads all of a folder; one without any inventory is told like a file that is none. */
  async folder(place: string): Promise<void> {
    const before = this.#assets.length + this.#refused.length
    for (const file of namedFiles([place])) await this.file(file, false)
    if (this.#assets.length + this.#refused.length === before)
      this.#refused.push({ file: place, say: 'no file in it is an inventory that is read here (docs/inventories.md)' })
  }

  /** Reads one file; what a folder holds beside inventories is passed over, what a person named is not. */
  async file(file: NamedFile, given: boolean): Promise<void> {
    const own = {
      components: 0,
      matched: new Set<number>(),
      refs: new Map<string, readonly [string, number]>(),
      stated: 0,
      subject: null as InventorySubject | null,
    }
    let kind: InventoryKind | null = null
    let reader: ReturnType<typeof inventoryReader> | null = null
    let head: Uint8Array = new Uint8Array(0)
    const refused: string[] = []
    const take = (items: readonly InventoryItem[]): void => {
      for (const item of items) {
        if ('component' in item) this.#component(item.component, item.ref, own, file)
        else if ('unmatched' in item) this.#unmatch(item.unmatched, file, kind)
        else if ('stated' in item) own.stated++
        else if ('subject' in item) own.subject ??= item.subject
        else
          refused.push(
            `${item.refused.code}${item.refused.place === '' ? '' : ` at ${item.refused.place}`}: ${item.refused.mend}`,
          )
      }
    }
    const begin = (): boolean => {
      kind = detectInventory(head.subarray(0, HEAD), file.name.replace(/\.(?:gz|zst)$/i, ''))
      if (kind === null) return false
      reader = inventoryReader(kind, { ...INVENTORY_LIMITS, distribution: this.#ask.distribution })
      take(reader.push(head))
      return true
    }
    try {
      for await (const chunk of fileChunks(file.path, true)) {
        if (reader !== null) take((reader as ReturnType<typeof inventoryReader>).push(chunk))
        else {
          head = head.length === 0 ? chunk.slice() : Buffer.concat([head, chunk])
          if (head.length >= HEAD && !begin()) break
        }
        if (refused.length > 0) break
        if (this.#waiting > MOST_REFS || (this.#held.waiting?.length ?? 0) > MOST_WAITING) await this.settle(null)
      }
      if (reader === null && kind === null && head.length < HEAD) begin()
      if (reader !== null) take((reader as ReturnType<typeof inventoryReader>).end())
    } catch (error) {
      const { syscall, code } = error as NodeJS.ErrnoException
      if (error instanceof BadPacking) refused.push(error.message)
      else if (syscall !== undefined) refused.push(`it cannot be read (${code})`)
      else throw error
    }
    if (kind === null) {
      if (given || refused.length > 0)
        this.#refused.push({ file: file.name, say: refused[0] ?? (head.length === 0 ? EMPTY : STRANGE) })
      return
    }
    if (refused.length > 0) this.#refused.push({ file: file.name, say: refused[0]! })
    this.#assets.push({ ...own, name: this.#nameOf(file.name), file: file.name, path: file.path, kind })
  }

  #component(
    component: Component,
    ref: string | null,
    own: { components: number; readonly matched: Set<number>; readonly refs: Map<string, readonly [string, number]> },
    file: NamedFile,
  ): void {
    own.components++
    const number = this.#held.number(component)
    if (this.#held.size % 5000 === 0) this.#ask.progress(file.name, this.#held.size)
    if (number < 0) return
    own.matched.add(number)
    // Only what matched can be meant by a statement that changes anything.
    if (ref !== null && component.purl !== null && own.refs.size < MOST_REFS) own.refs.set(ref, [component.purl, number])
    if (this.#held.waiting !== null) this.#waiting++
  }

  #isNew(component: Component): void {
    this.#ask.see(component)
    if (component.purl === null) return
    const identity = identityOfPurl(component.purl)
    const kind = identity !== null && DISTRIBUTED.has(identity.type) ? familyOfKey(identity.key) : typeOf(component.purl)
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1)
    if (identity === null || identity.release !== null || !DISTRIBUTED.has(identity.type)) return
    this.#releaseless ??= { count: 0, first: component.purl }
    this.#releaseless.count++
  }

  #unmatch(unmatched: Unmatched, file: NamedFile, kind: InventoryKind | null): void {
    // Keys of who signs packages are listed like packages.
    if (kind === 'rpm-list' && unmatched.why === 'no-identity' && !unmatched.said.startsWith('gpg-pubkey')) this.#nameless++
    this.#unmatched.set(unmatched.why, (this.#unmatched.get(unmatched.why) ?? 0) + 1)
    if (this.#examples.length < MOST_EXAMPLES) this.#examples.push({ ...unmatched, file: file.name })
  }

  /** The file's name without the endings that inventories have; where two would be called the same, the second keeps its whole name. */
  #nameOf(name: string): string {
    const short = name
      .replace(/\.(?:gz|zst)$/i, '')
      .replace(/(?:\.(?:cdx|bom|sbom|spdx|spdx3|syft))?\.(?:json|jsonld|xml|spdx)$/i, '')
    const plain = this.#names.has(short) ? name : short
    const times = this.#names.get(plain) ?? 0
    this.#names.set(plain, times + 1)
    return times === 0 ? plain : `${plain} (${times + 1})`
  }
}

const DISTRIBUTED: ReadonlySet<string> = new Set(['deb', 'rpm', 'apk'])

function typeOf(purl: string): string {
  return purl.slice('pkg:'.length, purl.indexOf('/'))
}
