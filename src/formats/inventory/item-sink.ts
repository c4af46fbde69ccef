import type { Component, StatedVulnerability, UnmatchedWhy } from '../../core/exposure/component.ts'
import { type Draft, draftItems } from './draft.ts'
import type { InventoryItem, InventoryLimits, InventoryRefusalCode, InventorySubject } from './inventory.ts'

const SAID = 200

/** Gathers the items of one inventory between two pushes, and ends it at the limit or at its first refusal. */
export class ItemSink {
  readonly limits: InventoryLimits
  private items: InventoryItem[] = []
  private components = 0
  private over = false
  /** Whether anything stood in it that lists components, be the list empty. */
  recognised = false

  constructor(limits: InventoryLimits) {
    this.limits = limits
  }

  /** Whether nothing more is taken. */
  get ended(): boolean {
    return this.over
  }

  /** Takes what becomes of a draft; gives the first component of it, if any. */
  draft(draft: Draft): Component | null {
    if (this.over) return null
    this.recognised = true
    if (this.components >= this.limits.components) {
      const mend = `Send at most ${this.limits.components} components in one inventory; split it.`
      this.refuse('inventory.too-many', draft.place, mend)
      return null
    }
    this.components++
    return draftItems(draft, this.items)
  }

  unmatched(why: UnmatchedWhy, place: string, said: string): void {
    if (!this.over) this.items.push({ unmatched: { place, why, said: said.slice(0, SAID).toWellFormed() } })
  }

  stated(stated: StatedVulnerability): void {
    if (!this.over) this.items.push({ stated })
  }

  subject(subject: InventorySubject): void {
    if (!this.over) this.items.push({ subject })
  }

  /** Ends it; later items are no longer taken. */
  refuse(code: InventoryRefusalCode, place: string, mend: string): void {
    if (this.over) return
    this.items.push({ refused: { code, place, mend } })
    this.over = true
  }

  /** Refuses an inventory in which nothing was found that lists components. */
  refuseUnrecognised(): void {
    if (!this.recognised)
      this.refuse(
        'inventory.unknown',
        '',
        'This is no inventory that is read here; see docs/inventories.md for those that are.',
      )
  }

  take(): InventoryItem[] {
    const items = this.items
    this.items = []
    return items
  }
}
