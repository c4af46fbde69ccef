import type { VersionOrder } from '../kernel/version-order.ts'

type Sign = '=' | '!=' | '<' | '<=' | '>' | '>='

interface Bound {
  readonly sign: Sign
  readonly version: string
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

/** Whether a version is among those meant, by the containment rule of VERS; `unknown` where the order cannot read a text. */
export function boundsHold(given: VersionBounds, version: string, order: VersionOrder): 'yes' | 'no' | 'unknown' {
  if (given.all) return 'yes'
  const sorted: Bound[] = []
  let excluded = false
  for (const bound of given.bounds) {
    const by = bound.version === version ? 0 : order.compare(version, bound.version)
    if (by === null) return 'unknown'
    if (by === 0 && (bound.sign === '=' || bound.sign === '<=' || bound.sign === '>=')) return 'yes'
    if (by === 0) excluded = true
    if (bound.sign !== '=' && bound.sign !== '!=') sorted.push(bound)
  }
  if (excluded) return 'no'
  sorted.sort((a, b) => order.compare(a.version, b.version) ?? 0)
  for (const [n, bound] of sorted.entries()) {
    const opens = bound.sign.startsWith('>')
    const by = order.compare(version, bound.version)
    if (n === 0 && !opens && by === -1) return 'yes'
    const next = sorted[n + 1]
    if (!opens || by !== 1) continue
    if (next === undefined) return 'yes'
    if (next.sign.startsWith('<') && order.compare(version, next.version) === -1) return 'yes'
  }
  return 'no'
}

/** The nearest version above the given one at which a bound ends what is meant; null where none is stated. */
export function boundsEnd(given: VersionBounds, version: string, order: VersionOrder): string | null {
  const ends = given.bounds.filter((bound) => bound.sign === '<' && order.compare(bound.version, version) === 1)
  return ends.reduce<string | null>(
    (least, { version: end }) => (least === null || order.compare(end, least) === -1 ? end : least),
    null,
  )
}
