import type { Component } from '../../core/exposure/component.ts'
import type { Distribution } from '../../core/exposure/distribution.ts'
import { DISTRIBUTIONS } from '../../core/exposure/ecosystem-names.ts'
import type { Purl } from '../../core/kernel/purl/parts.ts'
import { makePurl } from '../../core/kernel/purl/parts.ts'
import { formatPurl, mendPurl } from '../../core/kernel/purl.ts'
import { cpeName } from './cpe-name.ts'
import type { InventoryItem } from './inventory.ts'

/** A component as a format states it, before anything is made of its identities. */
export interface Draft {
  readonly purls: readonly string[]
  readonly cpes: readonly string[]
  readonly group: string | null
  readonly name: string | null
  readonly version: string | null
  readonly type: string | null
  readonly marks: readonly string[]
  readonly place: string
  /** The package that the format implies where it states no purl: `npm` of a package-lock. */
  readonly implied?: ImpliedPurl | null
  /** The `bom-ref`, where there is one. */
  readonly ref?: string | null
  /** Source package of a distribution, for advisories name those: becomes the qualifier `upstream`. */
  readonly upstream?: string | null
}

export interface ImpliedPurl {
  readonly type: string
  readonly namespace: string | null
  readonly name: string
  readonly qualifiers?: Readonly<Record<string, string>>
}

const SAID = 200
const DISTRIBUTED: ReadonlySet<string> = new Set(['deb', 'rpm', 'apk', 'alpm'])

/**
 * What becomes of a draft: a component for each purl it states (one, where it states none), and beside it what about it nobody can
 * match: a purl that cannot be read, no version, no identity but a name. A name alone is both, for product trees go by names.
 */
export function draftItems(draft: Draft, into: InventoryItem[], distribution: Distribution | null = null): Component | null {
  const cpes = draft.cpes.length === 0 ? NONE : cpesOf(draft, into)
  let first: Component | null = null
  let bad = false
  const seen = draft.purls.length > 1 ? new Set<string>() : null
  for (const stated of draft.purls) {
    // Documents laid out over several lines have white space around it.
    const parsed = mendPurl(stated.trim())
    if (!parsed.ok) {
      bad = true
      into.push({ unmatched: { place: draft.place, why: 'bad-purl', said: cut(stated) } })
      continue
    }
    const whole = distributed(completed(parsed.purl, draft), distribution, false)
    const purl = formatPurl(whole)
    if (seen?.has(purl)) continue
    seen?.add(purl)
    const given = give(draft, whole, purl, cpes, into)
    first ??= given
  }
  if (first !== null) return first
  const implied = draft.implied ? impliedPurl(draft.implied, draft.version) : null
  if (implied !== null) {
    const whole = distributed(completed(implied, draft), distribution, true)
    return give(draft, whole, formatPurl(whole), cpes, into)
  }
  const name = draft.name ?? cpes[0] ?? null
  const component = name === null ? null : componentOf(draft, name, draft.version, null, cpes)
  if (component !== null) into.push({ component, ref: draft.ref ?? null })
  if (cpes.length === 0 && !bad) into.push({ unmatched: { place: draft.place, why: 'no-identity', said: cut(nameOf(draft)) } })
  return component
}

const NONE: readonly string[] = []

function give(draft: Draft, whole: Purl, purl: string, cpes: readonly string[], into: InventoryItem[]): Component {
  const component = componentOf(draft, draft.name ?? whole.name, draft.version ?? whole.version, purl, cpes)
  into.push({ component, ref: draft.ref ?? null })
  if (whole.version === null) into.push({ unmatched: { place: draft.place, why: 'no-version', said: cut(purl) } })
  return component
}

function componentOf(
  draft: Draft,
  name: string,
  version: string | null,
  purl: string | null,
  cpes: readonly string[],
): Component {
  // Hashes and numbers are kept where nothing better names it.
  const marks = purl === null ? draft.marks : NONE
  return { purl, cpes, group: draft.group, name, version, type: draft.type, marks, place: draft.place }
}

/** With the version that stands beside the purl, and the source package. */
function completed(purl: Purl, draft: Draft): Purl {
  let made = purl
  if (purl.version === null && draft.version !== null) {
    const whole = makePurl({ ...purl, version: draft.version })
    if (whole.ok) made = whole.purl
  }
  if (draft.upstream && DISTRIBUTED.has(purl.type) && made.qualifiers['upstream'] === undefined) {
    const whole = makePurl({ ...made, qualifiers: { ...made.qualifiers, upstream: draft.upstream } })
    if (whole.ok) made = whole.purl
  }
  return made
}

/** With the distribution that was said beside the inventory: it outweighs what a format only implies, and no purl that was stated. */
function distributed(purl: Purl, said: Distribution | null, implied: boolean): Purl {
  if (said === null || purl.type !== said.type) return purl
  const isSame = purl.namespace === null || purl.namespace === '' || DISTRIBUTIONS.get(purl.namespace) === said.namespace
  if (!implied && !isSame && purl.namespace !== said.namespace) return purl
  const own = implied ? null : (purl.qualifiers['distro'] ?? null)
  const distro = own ?? said.distro
  const qualifiers = distro === null ? purl.qualifiers : { ...purl.qualifiers, distro }
  const made = makePurl({ ...purl, namespace: said.namespace, qualifiers })
  return made.ok ? made.purl : purl
}

function impliedPurl(implied: ImpliedPurl, version: string | null): Purl | null {
  const made = makePurl({ ...implied, qualifiers: implied.qualifiers ?? null, version })
  if (made.ok) return made.purl
  // A version that no purl can hold leaves the package known.
  const bare = makePurl({ ...implied, qualifiers: implied.qualifiers ?? null })
  return bare.ok ? bare.purl : null
}

function cpesOf(draft: Draft, into: InventoryItem[]): readonly string[] {
  const cpes = new Set<string>()
  for (const stated of draft.cpes) {
    const name = cpeName(stated)
    if (name === null) into.push({ unmatched: { place: draft.place, why: 'wrong-shape', said: cut(stated) } })
    else cpes.add(name)
  }
  return [...cpes]
}

function nameOf(draft: Draft): string {
  const whole = draft.group === null ? (draft.name ?? '') : `${draft.group}/${draft.name ?? ''}`
  return draft.version === null ? whole : `${whole}@${draft.version}`
}

function cut(text: string): string {
  return text.length <= SAID ? text : text.slice(0, SAID).toWellFormed()
}

/** How much holding a draft takes, in characters and about. */
export function draftChars(draft: Draft): number {
  const texts = [...draft.purls, ...draft.cpes, ...draft.marks, draft.group, draft.name, draft.version, draft.type, draft.place]
  return texts.reduce((sum, text) => sum + (text?.length ?? 0) + 16, 200)
}
