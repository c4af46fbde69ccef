import type { Order } from '../kernel/version-order.ts'
import { versionOrder } from '../kernel/version-order.ts'
import type { ScanRange, ScanTarget } from './scan-target.ts'
import { matchWeakness, type WeaknessMatch, type WeaknessTree } from './weakness-class.ts'

/** What is known of the world beside two targets. */
export interface ScanKnowledge {
  readonly tree: WeaknessTree
  /** All names known to be the same package or repository as this one, itself among them. */
  readonly namesOf: (name: string) => readonly string[]
  /** Which of two commits of a repository comes first; null: not known, and then they count as overlapping. */
  readonly commitOrder: (name: string, a: string, b: string) => Order | null
}

/** Why two targets share something. Only for the program itself: neither side is told more than that there is a match. */
export interface Overlap {
  readonly name: 'same' | 'known-same'
  readonly path: 'same' | 'first-holds-second' | 'second-holds-first'
  readonly weakness: WeaknessMatch
  readonly range: 'either-is-open' | 'shared' | 'order-unknown'
}

/** Whether two teams with these targets would look at the same thing, and why; null: they would not. Symmetric. */
export function overlap(a: ScanTarget, b: ScanTarget, known: ScanKnowledge): Overlap | null {
  const name = a.name === b.name ? 'same' : known.namesOf(a.name).includes(b.name) ? 'known-same' : null
  if (name === null) return null
  const path = matchPath(a.path, b.path)
  if (path === null) return null
  const rest = overlapInPlace(a, b, known)
  return rest === null ? null : { name, path, ...rest }
}

/** The same for targets whose names and paths are known to match. */
export function overlapInPlace(a: ScanTarget, b: ScanTarget, known: ScanKnowledge): Pick<Overlap, 'weakness' | 'range'> | null {
  const weakness = matchWeakness(a.weakness, b.weakness, known.tree)
  if (weakness === null) return null
  const range = matchRange(a.name, a.range, b.range, known)
  return range === null ? null : { weakness, range }
}

function matchPath(a: readonly string[], b: readonly string[]): Overlap['path'] | null {
  const shorter = Math.min(a.length, b.length)
  for (let n = 0; n < shorter; n++) if (a[n] !== b[n]) return null
  return a.length === b.length ? 'same' : a.length < b.length ? 'first-holds-second' : 'second-holds-first'
}

function matchRange(name: string, a: ScanRange | null, b: ScanRange | null, known: ScanKnowledge): Overlap['range'] | null {
  if (a === null || b === null) return 'either-is-open'
  // Versions of one ecosystem beside commits, or beside another ecosystem's versions: nobody can tell.
  if (a.ecosystem !== b.ecosystem) return 'order-unknown'
  const order = a.ecosystem === null ? null : versionOrder(a.ecosystem)
  const compare = (one: string, other: string): Order | null => {
    if (one === other) return 0
    return a.ecosystem === null ? known.commitOrder(name, one, other) : (order?.compare(one, other) ?? null)
  }
  const ends = [
    [a.to, b.from],
    [b.to, a.from],
  ] as const
  let unknown = false
  for (const [end, start] of ends) {
    if (end === null || start === null) continue
    const order = compare(end, start)
    if (order === -1) return null
    if (order === null) unknown = true
  }
  return unknown ? 'order-unknown' : 'shared'
}
