// Semantic Versioning 2.0.0 §11 (https://semver.org). Numbers have any length.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, digitsEnd, readWhole, type Whole } from './whole.ts'

/** Longer texts are no versions (npm's own limit). */
export const VERSION_CHARACTERS = 256

export interface SemverKey {
  /** Major, minor, patch; what was left out is 0. */
  readonly major: Whole
  readonly minor: Whole
  readonly patch: Whole
  /** Identifiers before a release: numbers, or texts. */
  readonly pre: readonly (Whole | string)[] | null
  /** Where the build text begins, after its plus; the length of the text where there is none. */
  readonly build: number
}

export const STRICT_SEMVER =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/** Reads more than the standard writes: a leading v, missing parts as 0, and numbers after the third as build text. */
export function readSemver(text: string): SemverKey | null {
  const first = text.charCodeAt(0)
  let at = first === 118 || first === 86 ? 1 : 0
  let major: Whole = 0
  let minor: Whole = 0
  let patch: Whole = 0
  for (let part = 0; ; part++) {
    const end = digitsEnd(text, at)
    if (end === at) return null
    if (part === 0) major = readWhole(text, at, end)
    else if (part === 1) minor = readWhole(text, at, end)
    else if (part === 2) patch = readWhole(text, at, end)
    at = end
    if (text.charCodeAt(at) !== 46) break
    at++
  }
  if (at === text.length) return { major, minor, patch, pre: null, build: at }
  const next = text[at]
  if (next === '+') return { major, minor, patch, pre: null, build: at + 1 }
  if (next !== '-') return null
  const plus = text.indexOf('+', at)
  const end = plus < 0 ? text.length : plus
  return { major, minor, patch, pre: readIdentifiers(text, at + 1, end), build: plus < 0 ? end : plus + 1 }
}

/** Dot-separated identifiers: what is all digits as a number, the rest as text. */
export function readIdentifiers(text: string, from: number, to: number): (Whole | string)[] {
  return text
    .slice(from, to)
    .split('.')
    .map((part) => (part.length > 0 && digitsEnd(part, 0) === part.length ? readWhole(part, 0, part.length) : part))
}

/** §11.4: numbers below texts, each kind by itself; the shorter list is older where all before is equal. */
export function byIdentifiers(a: readonly (Whole | string)[], b: readonly (Whole | string)[]): Order {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const [left, right] = [a[i]!, b[i]!]
    const isText = typeof left === 'string'
    if (isText !== (typeof right === 'string')) return isText ? 1 : -1
    const by = byValue(left, right)
    if (by !== 0) return by
  }
  return byValue(a.length, b.length)
}

/** Precedence of §11: numbers, then what comes before a release; build text does not count. */
export function bySemver(a: SemverKey, b: SemverKey): Order {
  const by = byValue(a.major, b.major) || byValue(a.minor, b.minor) || byValue(a.patch, b.patch)
  if (by !== 0) return by
  if (a.pre === null || b.pre === null) return a.pre === b.pre ? 0 : a.pre === null ? 1 : -1
  return byIdentifiers(a.pre, b.pre)
}

export const SEMVER: VersionOrder = keyedOrder({
  rule: 'semver-2.0.0',
  longest: VERSION_CHARACTERS,
  isValid: (text) => STRICT_SEMVER.test(text),
  read: readSemver,
  order: bySemver,
})
