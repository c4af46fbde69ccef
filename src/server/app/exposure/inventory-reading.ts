import { matchKey } from '../../../core/exposure/assess.ts'
import type { Component, StatedVulnerability, Unmatched } from '../../../core/exposure/component.ts'
import type { Distribution } from '../../../core/exposure/distribution.ts'
import { vexStatus } from '../../../core/exposure/vex/vex-word.ts'
import { detectInventory } from '../../../formats/inventory/detect-inventory.ts'
import {
  INVENTORY_LIMITS,
  type InventoryItem,
  type InventoryKind,
  type InventoryReader,
  type InventorySubject,
} from '../../../formats/inventory/inventory.ts'
import { inventoryReader } from '../../../formats/inventory/inventory-reader.ts'
import { type Answer, denied, done } from '../answer.ts'
import { UnpackError, unpack } from '../findings/unpack.ts'
import { sizeOfStated } from './inventory-states.ts'
import { TooSlow } from './steady-body.ts'

/** An inventory as it was read: each component once. */
export interface InventoryRead {
  readonly kind: InventoryKind
  readonly subject: InventorySubject | null
  readonly components: readonly Component[]
  readonly stated: readonly StatedVulnerability[]
  readonly unmatched: number
  readonly set: readonly Unmatched[]
}

export interface ReadingLimits {
  /** Of the body, unpacked. */
  readonly bytes: number
  /** Distinct components that are kept. */
  readonly distinct: number
  /** What makes two entries one; `matchKey` where nobody says. A cheaper one may leave some twice that matching would not tell apart. */
  readonly same?: (component: Component) => string
}

const HEAD = 1 << 16
const MOST_SET = 1_000
const MOST_STATED = 20_000
/** Characters of what is kept of all components; six bytes each, packed as JSON, are fewer than are unpacked again. */
const MOST_CHARS = 64 << 20
const MOST_STATED_CHARS = 16 << 20

/**
 * Reads a body of any inventory format, plain, gzip or Zstandard, piece by piece. `name`: the file's, where the content leaves the
 * format open; `distribution`: whose packages those are that do not say it.
 */
export async function readInventoryBody(
  source: AsyncIterable<Uint8Array>,
  name: string | null,
  limits: ReadingLimits,
  distribution: Distribution | null = null,
): Promise<Answer<InventoryRead>> {
  const taken = new Taken(limits)
  let reader: InventoryReader | null = null
  let kind: InventoryKind | null = null
  let head: Uint8Array = new Uint8Array(0)
  const begin = (): void => {
    kind = detectInventory(head.subarray(0, HEAD), name?.replace(/\.(?:gz|zst)$/i, ''))
    if (kind === null) return
    reader = inventoryReader(kind, { ...INVENTORY_LIMITS, components: 2_000_000, distribution })
    taken.take(reader.push(head))
  }
  try {
    for await (const chunk of unpack(source, limits.bytes)) {
      if (reader !== null) taken.take((reader as InventoryReader).push(chunk))
      else {
        head = head.length === 0 ? chunk.slice() : Buffer.concat([head, chunk])
        if (head.length >= HEAD) begin()
        if (head.length >= HEAD && kind === null) break
      }
      if (taken.refused !== null) break
    }
  } catch (error) {
    if (error instanceof TooSlow)
      return denied('request.invalid', 'Not stored: it came too slowly. Send it again, packed with gzip or Zstandard.')
    if (!(error instanceof UnpackError)) throw error
    return error.code === 'report.too-large'
      ? denied('request.too-large', `An inventory has at most ${limits.bytes >> 20} MiB, unpacked.`)
      : denied('inventory.refused', 'It is packed, and cannot be unpacked.')
  }
  if (kind === null && head.length < HEAD) begin()
  if (kind === null)
    return denied('inventory.refused', 'It is no inventory that is read here; docs/inventories.md names the formats.')
  if (taken.refused === null && reader !== null) taken.take((reader as InventoryReader).end())
  if (taken.refused !== null) return denied('inventory.refused', taken.refused.say, taken.refused.where)
  return done(taken.read(kind))
}

class Taken {
  refused: { readonly say: string; readonly where: string } | null = null
  readonly #limits: ReadingLimits
  readonly #components = new Map<string, Component>()
  readonly #stated: StatedVulnerability[] = []
  readonly #set: Unmatched[] = []
  #subject: InventorySubject | null = null
  #unmatched = 0
  #chars = 0
  #statedChars = 0

  constructor(limits: ReadingLimits) {
    this.#limits = limits
  }

  take(items: readonly InventoryItem[]): void {
    for (const item of items) {
      if ('component' in item) this.#component(item.component)
      else if ('unmatched' in item) this.#setAside(item.unmatched)
      else if ('stated' in item) this.#statement(item.stated)
      else if ('subject' in item) this.#subject ??= item.subject
      else this.refused ??= { say: item.refused.mend, where: item.refused.place }
    }
  }

  #setAside(unmatched: Unmatched): void {
    this.#unmatched++
    if (this.#set.length < MOST_SET) this.#set.push(unmatched)
  }

  /** What takes no stand changes nothing, whoever believes it; what is more than is held is told. */
  #statement(stated: StatedVulnerability): void {
    const { ids, state } = stated
    if (vexStatus(state ?? '') === null || ids.length === 0) return
    this.#statedChars += sizeOfStated([stated])
    if (this.#stated.length < MOST_STATED && this.#statedChars <= MOST_STATED_CHARS) this.#stated.push(stated)
    else this.#setAside({ place: '/vulnerabilities', why: 'too-large', said: ids[0]!.slice(0, 200) })
  }

  #component(component: Component): void {
    // Nothing could be matched by it: it stands among the unmatched, which tell of it.
    if (component.purl === null && component.cpes.length === 0 && component.marks.length === 0) return
    const key = (this.#limits.same ?? matchKey)(component)
    if (this.#components.has(key)) return
    const { purl, cpes, marks, group, name, version, type, place } = component
    for (const text of [purl, ...cpes, ...marks, group, name, version, type, place]) this.#chars += text?.length ?? 0
    if (this.#components.size >= this.#limits.distinct || this.#chars > MOST_CHARS) {
      const say = `One inventory has at most ${this.#limits.distinct} distinct components; bring it in parts, an asset each.`
      this.refused ??= { say, where: component.place }
    } else this.#components.set(key, component)
  }

  read(kind: InventoryKind): InventoryRead {
    return {
      kind,
      subject: this.#subject,
      components: [...this.#components.values()],
      stated: this.#stated,
      unmatched: this.#unmatched,
      set: this.#set,
    }
  }
}
