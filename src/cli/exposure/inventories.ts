import { matchKey } from '../../core/exposure/assess.ts'
import type { Component, Unmatched, UnmatchedWhy } from '../../core/exposure/component.ts'
import type { RecordMatch } from '../../core/exposure/look-up.ts'
import { keyOfPurl } from '../../core/exposure/package-identity.ts'
import { familyOfKey } from '../../core/exposure/package-key.ts'
import { detectInventory } from '../../formats/inventory/detect-inventory.ts'
import type { InventoryItem, InventoryKind, InventorySubject } from '../../formats/inventory/inventory.ts'
import { inventoryReader } from '../../formats/inventory/inventory-reader.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import { DistinctKeys } from './distinct-keys.ts'
import { BadPacking, fileChunks } from './file-chunks.ts'
import { type NamedFile, namedFiles } from './named-files.ts'

const MOST_EXAMPLES = 10_000
const MOST_REFS = 100_000
const HEAD = 1 << 16

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
  readonly unmatched: ReadonlyMap<UnmatchedWhy, number>
  readonly examples: readonly (Unmatched & { readonly file: string })[]
  readonly refused: readonly RefusedInventory[]
}

export interface ReadingInventories {
  readonly lookUp: (component: Component) => readonly RecordMatch[]
  /** Told of every distinct component as it passes, for those who want to explain one. */
  readonly see: (component: Component) => void
  readonly progress: (file: string, components: number) => void
}

/** Reads inventories and holds what is in them against records as it passes: only distinct identities and matches are kept. Throws Stop. */
export async function readInventories(places: readonly string[], ask: ReadingInventories): Promise<InventoriesRead> {
  const reading = new Reading(ask)
  for (const place of places) {
    const files = namedFiles([place])
    const given = files.length === 1 && files[0]!.path.endsWith(place.replace(/^\.{1,2}\//, ''))
    for (const file of files) await reading.file(file, given)
  }
  return reading.read
}

class Reading {
  readonly #ask: ReadingInventories
  /** Number of what matched by `matchKey`; -1: no record speaks of it. */
  readonly #known = new DistinctKeys()
  readonly #kinds = new Map<string, number>()
  readonly #matched: { component: Component; matches: readonly RecordMatch[] }[] = []
  readonly #assets: AssetRead[] = []
  readonly #unmatched = new Map<UnmatchedWhy, number>()
  readonly #examples: (Unmatched & { file: string })[] = []
  readonly #refused: RefusedInventory[] = []
  readonly #names = new Map<string, number>()

  constructor(ask: ReadingInventories) {
    this.#ask = ask
  }

  get read(): InventoriesRead {
    return {
      assets: this.#assets,
      matched: this.#matched,
      distinct: this.#known.size,
      kinds: this.#kinds,
      unmatched: this.#unmatched,
      examples: this.#examples,
      refused: this.#refused,
    }
  }

  /** Reads one file; what a folder holds beside inventories is passed over, what a person named is not. */
  async file(file: NamedFile, given: boolean): Promise<void> {
    const own = {
      components: 0,
      matched: new Set<number>(),
      refs: new Map<string, string>(),
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
        else if ('unmatched' in item) this.#unmatch(item.unmatched, file)
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
      reader = inventoryReader(kind)
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
      }
      if (reader === null && kind === null && head.length < HEAD) begin()
      if (reader !== null) take((reader as ReturnType<typeof inventoryReader>).end())
    } catch (error) {
      const { syscall, code } = error as NodeJS.ErrnoException
      if (error instanceof BadPacking) refused.push(error.message)
      else if (syscall !== undefined) throw new Stop(EXIT.badInput, `${inert(file.path)} cannot be read (${code}).`)
      else throw error
    }
    if (kind === null) {
      if (given || refused.length > 0)
        this.#refused.push({ file: file.name, say: refused[0] ?? 'it is no inventory that is read here' })
      return
    }
    if (refused.length > 0) this.#refused.push({ file: file.name, say: refused[0]! })
    this.#assets.push({ ...own, name: this.#nameOf(file.name), file: file.name, path: file.path, kind })
  }

  #component(
    component: Component,
    ref: string | null,
    own: { components: number; readonly matched: Set<number>; readonly refs: Map<string, string> },
    file: NamedFile,
  ): void {
    own.components++
    const key = matchKey(component)
    let number = this.#known.get(key)
    if (number === undefined) {
      this.#ask.see(component)
      if (component.purl !== null) {
        const kind = kindOf(component.purl)
        this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1)
      }
      const matches = this.#ask.lookUp(component)
      number = matches.length === 0 ? -1 : this.#matched.push({ component, matches }) - 1
      this.#known.set(key, number)
      if (this.#known.size % 5000 === 0) this.#ask.progress(file.name, this.#known.size)
    }
    if (number < 0) return
    own.matched.add(number)
    // Only what matched can be meant by a statement that changes anything.
    if (ref !== null && component.purl !== null && own.refs.size < MOST_REFS) own.refs.set(ref, component.purl)
  }

  #unmatch(unmatched: Unmatched, file: NamedFile): void {
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

/** The kind of package: its type, of distributions with whose it is. */
function kindOf(purl: string): string {
  const type = purl.slice('pkg:'.length, purl.indexOf('/'))
  if (type !== 'deb' && type !== 'rpm' && type !== 'apk') return type
  const key = keyOfPurl(purl)
  return key === null ? type : familyOfKey(key)
}
