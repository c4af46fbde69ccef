import type { Component } from '../../../core/exposure/component.ts'
import { identityOf } from '../../../core/exposure/identity.ts'
import { formatPurl, mendPurl } from '../../../core/kernel/purl.ts'
import { type Kept, keptAt, keptList, keptText } from '../../json/wanted.ts'
import type { InventoryLimits } from '../inventory.ts'
import type { ItemSink } from '../item-sink.ts'

interface HeldStatement {
  readonly ids: readonly string[]
  readonly state: string | null
  readonly justification: string | null
  readonly detail: string | null
  readonly refs: readonly string[]
  readonly place: string
}

/**
 * What the inventory states about vulnerabilities, held until the references it points at are known, for they may stand anywhere.
 * Memory: `references` names and `held` statements, both together at most twice `heldChars` characters; what exceeds that is told.
 */
export class Statements {
  private readonly limits: InventoryLimits
  private readonly sink: ItemSink
  private readonly known = new Map<string, string>()
  private knownChars = 0
  private held: HeldStatement[] = []
  private heldChars = 0

  constructor(sink: ItemSink) {
    this.sink = sink
    this.limits = sink.limits
  }

  /** Remembers what a reference stands for; a reference that is that purl itself needs no remembering. */
  remember(reference: string, component: Component): void {
    const identity = component.purl ?? identityOf(component)
    if (reference === identity) return
    const chars = reference.length + identity.length
    if (this.known.size >= this.limits.references || this.knownChars + chars > this.limits.heldChars) return
    if (!this.known.has(reference)) this.knownChars += chars
    // The first of two that share a reference counts.
    if (!this.known.has(reference)) this.known.set(reference, identity)
  }

  hold(value: Kept, place: string): void {
    const ids = [keptText(value, 'id'), ...keptList(value, 'references').map((one) => keptText(one, 'id'))]
    const analysis = keptAt(value, 'analysis')
    const refs = keptList(value, 'affects').flatMap((one) => keptText(one, 'ref') ?? [])
    const statement: HeldStatement = {
      ids: [...new Set(ids.filter((id) => id !== null))],
      state: keptText(analysis, 'state'),
      justification: keptText(analysis, 'justification'),
      detail: keptText(analysis, 'detail'),
      refs,
      place,
    }
    if (statement.ids.length === 0) {
      this.sink.unmatched('no-identity', place, 'a vulnerability without an id')
      return
    }
    const chars = [...statement.ids, ...refs, statement.detail ?? ''].reduce((sum, text) => sum + text.length, 100)
    if (this.held.length >= this.limits.held || this.heldChars + chars > this.limits.heldChars) {
      this.sink.unmatched('too-large', place, statement.ids[0]!)
      return
    }
    this.heldChars += chars
    this.held.push(statement)
  }

  end(): void {
    for (const { refs, place, ...statement } of this.held) {
      const about: string[] = []
      for (const ref of refs) {
        const found = this.resolve(ref)
        if (found !== null) about.push(found)
        else this.sink.unmatched('no-identity', place, `${statement.ids[0]} about ${ref}`)
      }
      // A statement about things that are not here says nothing of the subject.
      if (refs.length === 0 || about.length > 0) this.sink.stated({ ...statement, about: [...new Set(about)] })
    }
    this.held = []
  }

  /** A `bom-ref`, or a BOM-Link (`urn:cdx:serial/version#bom-ref`) whose reference is known here or is a purl. */
  private resolve(reference: string): string | null {
    const known = this.known.get(reference) ?? purlOf(reference)
    if (known !== null || !reference.startsWith('urn:cdx:')) return known
    const hash = reference.indexOf('#')
    if (hash < 0) return null
    const element = reference.slice(hash + 1)
    return this.known.get(element) ?? purlOf(element) ?? this.decoded(element)
  }

  private decoded(element: string): string | null {
    try {
      const text = decodeURIComponent(element)
      return this.known.get(text) ?? purlOf(text)
    } catch {
      return null
    }
  }
}

function purlOf(text: string): string | null {
  if (!text.startsWith('pkg:')) return null
  const parsed = mendPurl(text)
  return parsed.ok ? formatPurl(parsed.purl) : null
}
