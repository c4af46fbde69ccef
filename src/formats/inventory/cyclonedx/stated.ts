import type { Component } from '../../../core/exposure/component.ts'
import { identityOf } from '../../../core/exposure/identity.ts'
import { formatPurl, mendPurl } from '../../../core/kernel/purl.ts'
import { type Kept, keptAt, keptList, keptText } from '../../json/wanted.ts'
import type { InventoryLimits } from '../inventory.ts'
import type { ItemSink } from '../item-sink.ts'

/** A reference, and the versions of it that are meant with what is said of them. */
interface Target {
  readonly ref: string
  /** VERS texts; null for the version that the reference itself has. */
  readonly versions: string | null
  readonly state: string | null
}

interface HeldStatement {
  readonly ids: readonly string[]
  readonly state: string | null
  readonly justification: string | null
  readonly detail: string | null
  readonly targets: readonly Target[]
  readonly place: string
}

/** What a version's own status says, in the words of the analysis. Affected are the versions that the analysis is about. */
const STATES: ReadonlyMap<string, string> = new Map([
  ['unaffected', 'not_affected'],
  ['unknown', 'in_triage'],
])

/**
 * What the inventory states about vulnerabilities, held until the references it points at are known, for they may stand anywhere.
 * Memory: `references` names and `held` statements, each within `heldChars` characters; what exceeds that is told.
 */
export class Statements {
  private readonly limits: InventoryLimits
  private readonly sink: ItemSink
  private readonly known = new Map<string, string>()
  private knownChars = 0
  /** The main component where it has no purl: a statement about it is one about the inventory's subject. */
  private subject: { readonly ref: string; readonly version: string | null } | null = null
  private serial: string | null = null
  private held: HeldStatement[] = []
  private heldChars = 0

  constructor(sink: ItemSink) {
    this.sink = sink
    this.limits = sink.limits
  }

  /** Remembers what a reference stands for; a reference that is that purl itself needs no remembering. */
  remember(reference: string | null, component: Component, main: boolean): void {
    const identity = component.purl ?? component.cpes[0] ?? identityOf(component)
    if (reference === null || reference === identity || this.known.has(reference)) return
    if (main && component.purl === null) this.subject = { ref: reference, version: component.version }
    const chars = reference.length + identity.length
    if (this.known.size >= this.limits.references || this.knownChars + chars > this.limits.heldChars) return
    this.knownChars += chars
    // The first of two that share a reference counts.
    this.known.set(reference, identity)
  }

  hold(value: Kept, place: string): void {
    const stated = [keptText(value, 'id'), ...keptList(value, 'references').map((one) => keptText(one, 'id'))]
    const ids = [...new Set(stated.filter((id) => id !== null))]
    if (ids.length === 0) {
      this.sink.unmatched('no-identity', place, 'a vulnerability without an id')
      return
    }
    const analysis = keptAt(value, 'analysis')
    const state = keptText(analysis, 'state')
    const targets = keptList(value, 'affects').flatMap((one) => targetsOf(one, state))
    const detail = keptText(analysis, 'detail')
    const texts = [...ids, ...targets.flatMap(({ ref, versions }) => [ref, versions ?? '']), detail ?? '']
    const chars = texts.reduce((sum, text) => sum + text.length + 16, 100)
    if (this.held.length >= this.limits.held || this.heldChars + chars > this.limits.heldChars) {
      this.sink.unmatched('too-large', place, ids[0]!)
      return
    }
    this.heldChars += chars
    this.held.push({ ids, state, justification: keptText(analysis, 'justification'), detail, targets, place })
  }

  /** Gives the statements, one for each state and set of versions; `serial` is the document's own. */
  end(serial: string | null): void {
    this.serial = serial?.replace(/^urn:uuid:/, '').toLowerCase() ?? null
    for (const statement of this.held) this.give(statement)
    this.held = []
  }

  private give({ targets, place, ...statement }: HeldStatement): void {
    if (targets.length === 0) this.sink.stated({ ...statement, about: [], versions: null })
    const groups = new Map<string, { about: Set<string>; versions: string | null; state: string | null; subject: boolean }>()
    for (const { ref, versions, state } of targets) {
      const subject = this.isSubject(ref, versions)
      const found = subject ? '' : this.resolve(ref)
      // A statement about things that are not here says nothing of the subject.
      if (found === null || (!subject && this.subject?.ref === ref)) {
        this.sink.unmatched('no-identity', place, `${statement.ids[0]} about ${ref}${versions === null ? '' : ` ${versions}`}`)
        continue
      }
      const meant = subject ? null : versions
      const key = `${state} ${meant}`
      const group = groups.get(key) ?? { about: new Set(), versions: meant, state, subject: false }
      groups.set(key, group)
      group.about.add(found)
      if (subject) group.subject = true
    }
    for (const { about, versions, state, subject } of groups.values())
      this.sink.stated({ ...statement, state, about: subject ? [] : [...about], versions })
  }

  private isSubject(ref: string, versions: string | null): boolean {
    const { subject } = this
    if (subject === null || (ref !== subject.ref && this.ownLink(ref) !== subject.ref)) return false
    return versions === null || (subject.version !== null && versions === exactly(subject.version))
  }

  /** The `bom-ref` of a BOM-Link (`urn:cdx:serial/version#bom-ref`) into this document; two documents may call different things `1`. */
  private ownLink(reference: string): string | null {
    if (this.serial === null || !reference.toLowerCase().startsWith(`urn:cdx:${this.serial}/`)) return null
    return elementOf(reference)
  }

  private resolve(reference: string): string | null {
    const known = this.known.get(reference) ?? purlOf(reference)
    if (known !== null || !reference.startsWith('urn:cdx:')) return known
    const own = this.ownLink(reference)
    const element = elementOf(reference)
    return (own === null ? undefined : this.known.get(own)) ?? (element === null ? null : purlOf(element))
  }
}

function targetsOf(affects: Kept, whole: string | null): Target[] {
  const ref = keptText(affects, 'ref')
  if (ref === null) return []
  const listed = keptList(affects, 'versions').flatMap((one): Target[] => {
    const single = keptText(one, 'version')
    const versions = keptText(one, 'range') ?? (single === null ? null : exactly(single))
    const own = STATES.get(keptText(one, 'status') ?? '')
    return versions === null ? [] : [{ ref, versions, state: own ?? whole }]
  })
  return listed.length > 0 ? listed : [{ ref, versions: null, state: whole }]
}

/** One version as a VERS text. */
function exactly(version: string): string {
  return `vers:generic/${encodeURIComponent(version)}`
}

function elementOf(link: string): string | null {
  const hash = link.indexOf('#')
  if (hash < 0) return null
  const element = link.slice(hash + 1)
  if (!element.includes('%') || element.startsWith('pkg:')) return element
  try {
    return decodeURIComponent(element)
  } catch {
    return element
  }
}

function purlOf(text: string): string | null {
  if (!text.startsWith('pkg:')) return null
  const parsed = mendPurl(text)
  return parsed.ok ? formatPurl(parsed.purl) : null
}
