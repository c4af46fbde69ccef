import type { Comparator, Constraint } from '../kernel/vers/parts.ts'
import type { VersRange } from '../kernel/vers/range.ts'
import type { VersionKey, VersionOrder } from '../kernel/version-order.ts'
import { signedBounds } from './spoken-bounds.ts'

/** More bounds than any real text has. */
const MOST_BOUNDS = 1000
const LONGEST = 20_000
const SIGNED = /^(<=|>=|!=|<|>|=)?\s*([^\s<>=!]\S{0,199})$/
/** `>= 7.80 < 9.30`: two bounds side by side. */
const BESIDE = /((?:^|[|,])\s*[<>]=?\s*[^\s<>=!]{1,200})\s+(?=[<>])/g
const ALL: readonly Constraint[] = [{ comparator: '*', version: '' }]

/**
 * Reads `vers:npm/>=1.0|<2.0` more loosely than VERS allows (any order, spaces), and what product trees write in its place:
 * `<2022.4`, `>= V4.3 and < V6.4`, `All versions < R1.2`. Null where words remain that nobody can place. Never throws, linear.
 */
export function parseBounds(text: string): readonly Constraint[] | null {
  if (text.length > LONGEST) return null
  const scheme = /^vers:[a-z0-9.-]{1,40}\//.exec(text)
  const body = (scheme ? text.slice(scheme[0].length) : text.replace(/\s+/g, ' ')).trim()
  if (/^(?:\*|all(?: versions)?|all\/\*)$/i.test(body)) return ALL
  const signed = scheme
    ? body
    : signedBounds(body)
        .replace(/^all versions(?: of)?\s*/i, '')
        .replace(/ and /gi, '|')
  const spoken = signed.replace(BESIDE, '$1|')
  const parts = spoken.split(/[|,]/, MOST_BOUNDS + 1)
  if (parts.length > MOST_BOUNDS) return null
  const bounds: Constraint[] = []
  for (const part of parts) {
    const trimmed = part.trim()
    if (trimmed === '') continue
    const found = SIGNED.exec(trimmed)
    const version = found ? decoded(plainVersion(found[2]!)) : null
    if (!found || version === null || version === '' || version === '*') return null
    // A word without a sign is no version.
    if (!scheme && found[1] === undefined && !/\d/.test(version)) return null
    bounds.push({ comparator: (found[1] ?? '=') as Comparator, version })
  }
  return bounds.length === 0 ? null : bounds
}

/** Vendors write `V6.6` where the product says 6.6. */
export function plainVersion(text: string): string {
  return /^v\d/i.test(text) ? text.slice(1) : text
}

function decoded(text: string): string | null {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** The nearest version above the given one at which a bound ends what is meant; null where none is stated. */
export function boundsEnd({ vers }: VersRange, version: VersionKey, order: VersionOrder): string | null {
  let least: { readonly at: string; readonly key: VersionKey } | null = null
  for (const { comparator, version: at } of vers.constraints) {
    const key = comparator === '<' ? order.key(at) : null
    if (key === null || order.compareKeys(key, version) <= 0) continue
    if (least === null || order.compareKeys(key, least.key) < 0) least = { at, key }
  }
  return least?.at ?? null
}
