import type { Component } from '../component.ts'
import type { RecordMatch } from '../look-up.ts'
import type { Match, MatchStep } from '../match.ts'
import { type ReadPurl, type SameProduct, sameProduct, sameVersion } from './vex-product.ts'
import { readOnce } from './vex-reach.ts'
import type { VexProduct, VexStatement } from './vex-statement.ts'

/** A match of one component, with what its record's flaw is called in all databases (`joinAliases`). */
export interface VexTarget extends RecordMatch {
  readonly component: Component
  readonly ids: readonly string[]
}

/** What the caller decides: whom to believe, and what the inventory is about. */
export interface VexTrust {
  /** Authors as documents name them, the most trusted first; a statement of anyone else is not applied. */
  readonly authors: readonly string[]
  /** What the inventory itself is: a product with parts, or without, may be meant by it. Null: not known. */
  readonly subject: Component | null
  /** Purls of the inventory's bom-refs, and of the BOM-Links to it (`urn:cdx:serial/version#ref`). */
  readonly refs: ReadonlyMap<string, string>
  /** Bom-refs and BOM-Links that mean the inventory's subject, which often has no purl. */
  readonly subjectRefs?: ReadonlySet<string>
}

/** Why a statement changed nothing. */
export type NotApplied =
  | Exclude<SameProduct, 'same'>
  | 'author-not-trusted'
  | 'no-such-flaw'
  | 'older-statement'
  | 'less-trusted'
  | 'subject-unknown'
  | 'part-not-in-inventory'

export interface UnusedStatement {
  readonly statement: VexStatement
  readonly why: NotApplied
}

export interface AppliedVex {
  /** In the order given. */
  readonly matches: readonly (VexTarget & { readonly statement: VexStatement | null })[]
  readonly unused: readonly UnusedStatement[]
}

/**
 * Applies statements to matches. For each match the newest statement of each trusted author counts, and of those the most trusted
 * author's. Not affected and fixed make a yes a no; affected makes an unknown a yes; under investigation changes nothing but is
 * shown. Every statement that decided no match is returned with the nearest reason.
 */
export function applyVex(targets: readonly VexTarget[], statements: readonly VexStatement[], trust: VexTrust): AppliedVex {
  const ranks = new Map(trust.authors.map((author, n) => [folded(author), n]))
  const near = new Map<VexStatement, NotApplied>()
  const used = new Set<VexStatement>()
  const byId = new Map<string, VexStatement[]>()
  for (const statement of statements) {
    if (!ranks.has(folded(statement.author))) {
      near.set(statement, 'author-not-trusted')
      continue
    }
    near.set(statement, 'no-such-flaw')
    for (const id of new Set(statement.ids.map(folded))) {
      const held = byId.get(id)
      if (held === undefined) byId.set(id, [statement])
      else held.push(statement)
    }
  }
  const read = readOnce()
  const matches = targets.map((target) => {
    const about = new Set([target.record.id, ...target.ids].map(folded).flatMap((id) => byId.get(id) ?? []))
    const fitting: VexStatement[] = []
    for (const statement of about) {
      const fit = fits(statement, target.component, trust, read)
      if (fit === 'same') fitting.push(statement)
      else nearer(near, statement, fit)
    }
    const chosen = chooseStatement(fitting, ranks, near)
    if (chosen !== null) used.add(chosen)
    return { ...target, match: chosen === null ? target.match : decided(target.match, chosen), statement: chosen }
  })
  const unused = statements.flatMap((statement) => (used.has(statement) ? [] : [{ statement, why: near.get(statement)! }]))
  return { matches, unused }
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}

/** How near each reason comes to a statement that is applied: the nearest one is told. */
const NEARNESS: readonly NotApplied[] = [
  'author-not-trusted',
  'no-such-flaw',
  'unreadable-product',
  'other-product',
  'subject-unknown',
  'part-not-in-inventory',
  'unknown-version',
  'other-version',
  'other-qualifier',
  'less-trusted',
  'older-statement',
]

function nearer(near: Map<VexStatement, NotApplied>, statement: VexStatement, why: NotApplied): void {
  const held = near.get(statement)
  if (held === undefined || NEARNESS.indexOf(why) > NEARNESS.indexOf(held)) near.set(statement, why)
}

function fits(statement: VexStatement, component: Component, trust: VexTrust, read: ReadPurl): 'same' | NotApplied {
  if (statement.products.length === 0) return 'same'
  let best: NotApplied = 'unreadable-product'
  for (const product of statement.products) {
    const fit = fitsProduct(product, component, trust, read)
    if (fit === 'same') return 'same'
    if (NEARNESS.indexOf(fit) > NEARNESS.indexOf(best)) best = fit
  }
  return best
}

function fitsProduct(product: VexProduct, component: Component, trust: VexTrust, read: ReadPurl): 'same' | NotApplied {
  const itself = sameProduct(product, component, trust.refs, read)
  if (product.parts.length === 0) {
    if (itself === 'same' || trust.subject === null) return itself
    // A statement about the whole covers whatever is in it.
    const whole = sameSubject(product, trust.subject, trust, read)
    return whole === 'other-product' ? itself : whole
  }
  const held = product.parts.some(
    (identity) => sameProduct({ identity, versions: null }, component, trust.refs, read) === 'same',
  )
  if (!held) return itself === 'same' ? 'part-not-in-inventory' : 'other-product'
  return trust.subject === null ? 'subject-unknown' : sameSubject(product, trust.subject, trust, read)
}

function sameSubject(product: VexProduct, subject: Component, { refs, subjectRefs }: VexTrust, read: ReadPurl): SameProduct {
  const named = product.identity.startsWith('ref:') && subjectRefs?.has(product.identity.slice(4))
  if (named !== true) return sameProduct(product, subject, refs, read)
  return product.versions === null ? 'same' : sameVersion(product.versions, subject)
}

function chooseStatement(
  fitting: readonly VexStatement[],
  ranks: ReadonlyMap<string, number>,
  near: Map<VexStatement, NotApplied>,
): VexStatement | null {
  const newest = new Map<string, VexStatement>()
  for (const statement of fitting) {
    const author = folded(statement.author)
    const held = newest.get(author)
    if (held === undefined || isNewer(statement, held)) {
      if (held !== undefined) nearer(near, held, 'older-statement')
      newest.set(author, statement)
    } else nearer(near, statement, 'older-statement')
  }
  let chosen: VexStatement | null = null
  for (const [author, statement] of newest) {
    if (chosen === null) chosen = statement
    else if (ranks.get(author)! < ranks.get(folded(chosen.author))!) {
      nearer(near, chosen, 'less-trusted')
      chosen = statement
    } else nearer(near, statement, 'less-trusted')
  }
  return chosen
}

const CAUTION = ['affected', 'under-investigation', 'fixed', 'not-affected']

/** At one instant the more cautious statement counts, so that the order in which documents came decides nothing. */
function isNewer(one: VexStatement, other: VexStatement): boolean {
  const [a, b] = [one.at ?? Number.NEGATIVE_INFINITY, other.at ?? Number.NEGATIVE_INFINITY]
  return a !== b ? a > b : CAUTION.indexOf(one.status) < CAUTION.indexOf(other.status)
}

function decided(match: Match, statement: VexStatement): Match {
  const { status, author, document, justification } = statement
  if (status === 'under-investigation' || match.affected === 'no') return match
  const text = [author, ...(justification === null ? [] : [justification])]
  if (status === 'affected') {
    const step: MatchStep = { step: 'vex-affected', rule: document, with: text }
    return match.affected === 'yes' ? match : { ...match, affected: 'yes', steps: [...match.steps, step] }
  }
  const step: MatchStep = { step: status === 'fixed' ? 'vex-fixed' : 'vex-not-affected', rule: document, with: text }
  return { ...match, affected: 'no', steps: [...match.steps, step] }
}
