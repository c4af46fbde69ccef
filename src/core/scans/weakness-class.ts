/** One weakness or a whole family of them. */
export type WeaknessClass =
  | { readonly kind: 'cwe'; readonly cwe: number }
  | { readonly kind: 'family'; readonly family: string }

/** How weaknesses stand to each other, handed in: the tree lies further down the flow, with findings. */
export interface WeaknessTree {
  /** Number of a CWE id as written; null where it is none. */
  readonly number: (id: string) => number | null
  /** The weaknesses above one, itself left out. */
  readonly above: (cwe: number) => readonly number[]
  /** The family a weakness belongs to; null: none. */
  readonly familyOf: (cwe: number) => string | null
  /** Whether one of two families is the other seen more closely, or both are one. */
  readonly kin: (a: string, b: string) => boolean
  /** The weaknesses at the top of a family; empty where there is no such family. */
  readonly tops: (family: string) => readonly number[]
}

/** `CWE-416` or the name of a family; null where it is neither. */
export function readWeakness(text: string, tree: WeaknessTree): WeaknessClass | null {
  if (text.length > 60) return null
  const cwe = tree.number(text)
  if (cwe !== null) return { kind: 'cwe', cwe }
  const family = text.toLowerCase()
  return tree.tops(family).length > 0 ? { kind: 'family', family } : null
}

/** A weakness class as people write it. */
export function writeWeakness(weakness: WeaknessClass): string {
  return weakness.kind === 'cwe' ? `CWE-${weakness.cwe}` : weakness.family
}

export type WeaknessMatch = 'either-is-open' | 'same' | 'nested' | 'kin'

/**
 * Why two weakness classes share something; null: they do not. One may lie above the other in CWE's Research view, belong to the
 * other as a family, or lie above a family's top. No class at all is every class.
 */
export function matchWeakness(a: WeaknessClass | null, b: WeaknessClass | null, tree: WeaknessTree): WeaknessMatch | null {
  if (a === null || b === null) return 'either-is-open'
  if (a.kind === 'cwe' && b.kind === 'cwe') {
    if (a.cwe === b.cwe) return 'same'
    return tree.above(a.cwe).includes(b.cwe) || tree.above(b.cwe).includes(a.cwe) ? 'nested' : null
  }
  if (a.kind === 'family' && b.kind === 'family') {
    return a.family === b.family ? 'same' : tree.kin(a.family, b.family) ? 'kin' : null
  }
  const cwe = a.kind === 'cwe' ? a.cwe : (b as { cwe: number }).cwe
  const family = a.kind === 'family' ? a.family : (b as { family: string }).family
  const own = tree.familyOf(cwe)
  if (own !== null && tree.kin(own, family)) return own === family ? 'nested' : 'kin'
  return tree.tops(family).some((top) => top === cwe || tree.above(top).includes(cwe)) ? 'nested' : null
}
