import type { Component, StatedVulnerability, UnmatchedWhy } from '../../core/exposure/component.ts'
import { type Draft, draftItems } from './draft.ts'
import type { InventoryItem, InventoryLimits, InventoryRefusal, InventoryRefusalCode, InventorySubject } from './inventory.ts'

const SAID = 200
const UNSAID: InventorySubject = {
  name: null,
  version: null,
  purl: null,
  tool: null,
  time: null,
  serial: null,
  edition: null,
  ref: null,
}

/** Gathers the items of one inventory between two pushes; its first refusal ends the reading and is given last. */
export class ItemSink {
  readonly limits: InventoryLimits
  private items: InventoryItem[] = []
  private components = 0
  private refusal: InventoryRefusal | null = null
  /** Whether anything stood in it that lists components, be the list empty. */
  recognised = false

  constructor(limits: InventoryLimits) {
    this.limits = limits
  }

  /** Whether nothing more need be read. What was held may still be given. */
  get ended(): boolean {
    return this.refusal !== null
  }

  /** Takes what becomes of a draft; gives the first component of it, if any. */
  draft(draft: Draft): Component | null {
    this.recognised = true
    if (this.components >= this.limits.components) {
      const mend = `Send at most ${this.limits.components} components in one inventory; split it.`
      this.refuse('inventory.too-many', draft.place, mend)
      return null
    }
    this.components++
    return draftItems(draft, this.items, this.limits.distribution ?? null)
  }

  unmatched(why: UnmatchedWhy, place: string, said: string): void {
    this.items.push({ unmatched: { place, why, said: said.slice(0, SAID).toWellFormed() } })
  }

  stated(stated: StatedVulnerability): void {
    this.items.push({ stated })
  }

  /** What is not given is not said. */
  subject(said: Partial<InventorySubject>): void {
    this.items.push({ subject: { ...UNSAID, ...said } })
  }

  /** Ends the reading; the first refusal counts. */
  refuse(code: InventoryRefusalCode, place: string, mend: string): void {
    this.refusal ??= { code, place, mend }
  }

  /** The last items, with the refusal if there is one: nothing in it that lists components is one too. */
  finish(): InventoryItem[] {
    if (!this.recognised)
      this.refuse('inventory.unknown', '', 'This is no inventory that is read here; docs/inventories.md lists those.')
    if (this.refusal !== null) this.items.push({ refused: this.refusal })
    return this.take()
  }

  take(): InventoryItem[] {
    const items = this.items
    this.items = []
    return items
  }
}
