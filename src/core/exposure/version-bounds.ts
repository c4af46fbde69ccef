import type { VersionKey, VersionOrder } from '../kernel/version-order.ts'
import type { ReadVersion } from './read-version.ts'

type Sign = '=' | '!=' | '<' | '<=' | '>' | '>='

interface Bound {
  readonly sign: Sign
  readonly version: string
}

/** Bounds in order, each read once. */
export interface OrderedBounds {
  readonly all: boolean
  readonly bounds: readonly (Bound & { readonly key: VersionKey | null })[]
}

/** Which versions are meant, as a VERS text or a vendor's own words say it; `all` holds every version. */
export interface VersionBounds {
  readonly all: boolean
  readonly bounds: readonly Bound[]
}

/** More bounds than any real text has. */
const MOST_BOUNDS = 1000
const LONGEST = 20_000
const SIGNED = /^(<=|>=|!=|<|>|=)?\s*(\S{1,200})$/

/**
 * Reads `vers:npm/>=1.0|<2.0`, and what product trees write in its place: `<2022.4`, `>= V4.3 and < V6.4`, `All versions < R1.2`.
 * Null where words remain that nobody can place. Never throws, linear in length.
 */
export function parseBounds(text: string): VersionBounds | null {
  if (text.length > LONGEST) return null
  const scheme = /^vers:[a-z0-9.-]{1,40}\//.exec(text)
  const body = (scheme ? text.slice(scheme[0].length) : text).trim()
  if (/^(?:\*|all(?: versions)?|all\/\*)$/i.test(body)) return { all: true, bounds: [] }
  const spoken = scheme ? body : body.replace(/^all versions(?: of)?\s*/i, '').replace(/\s+and\s+/gi, '|')
  const parts = spoken.split(/[|,]/, MOST_BOUNDS + 1)
  if (parts.length > MOST_BOUNDS) return null
  const bounds: Bound[] = []
  for (const part of parts) {
    const trimmed = part.trim()
    if (trimmed === '') continue
    const found = SIGNED.exec(trimmed)
    const version = found ? decoded(plainVersion(found[2]!)) : null
    if (!found || version === null || version === '' || version === '*') return null
    bounds.push({ sign: (found[1] ?? '=') as Sign, version })
  }
  return bounds.length === 0 ? null : { all: false, bounds }
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

/** The same bounds with those that open or close a stretch in their order, as `boundsHold` wants them; done once per advisory. */
export function orderedBounds({ all, bounds }: VersionBounds, order: VersionOrder): OrderedBounds {
  const read = bounds.map((bound) => ({ ...bound, key: order.key(bound.version) }))
  const points = read.filter(({ sign }) => sign === '=' || sign === '!=')
  const turns = read.filter(({ sign }) => sign !== '=' && sign !== '!=')
  return { all, bounds: [...points, ...turns.sort((a, b) => (a.key && b.key ? order.compareKeys(a.key, b.key) : 0))] }
}

/** Whether a version is among those meant, by the containment rule of VERS; `unknown` where the order cannot read a text. */
export function boundsHold(given: OrderedBounds, version: ReadVersion, order: VersionOrder): 'yes' | 'no' | 'unknown' {
  if (given.all) return 'yes'
  const own = version.key(order)
  let excluded = false
  let open = false
  let turns = 0
  for (const { sign, version: at, key } of given.bounds) {
    const by = at === version.text ? 0 : own === null || key === null ? null : order.compareKeys(own, key)
    if (by === null) return 'unknown'
    if (by === 0 && (sign === '=' || sign === '<=' || sign === '>=')) return 'yes'
    if (by === 0) excluded = true
    if (sign === '=' || sign === '!=') continue
    // Of sorted turns, the last one below the version and the first one above it decide.
    if (sign.startsWith('>')) {
      if (by > 0) open = true
    } else if (by > 0) open = false
    else if (by < 0 && turns === 0) open = true
    turns++
  }
  return excluded || !open ? 'no' : 'yes'
}

/** The nearest version above the given one at which a bound ends what is meant; null where none is stated. */
export function boundsEnd(given: OrderedBounds, version: VersionKey, order: VersionOrder): string | null {
  const end = given.bounds.find(({ sign, key }) => sign === '<' && key !== null && order.compareKeys(key, version) > 0)
  return end?.version ?? null
}
