// Semantic Versioning 2.0.0 §11, and Go's use of it (https://go.dev/ref/mod#versions). Numbers have any length.
import type { Order, VersionOrder } from '../version-order.ts'

/** Longer texts are no versions (npm's own limit). */
export const VERSION_CHARACTERS = 256

interface Parsed {
  /** Major, minor, patch without leading zeros; what was left out is 0. */
  readonly core: readonly [string, string, string]
  readonly pre: readonly string[]
}

const STRICT =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/
const GO_SHORT = /^\d+(?:\.\d+)?$/
const GO_RELEASE = /^(?:go)?(\d+(?:\.\d+){1,2})(?:(alpha|beta|rc)(\d+))?$/

function trimZeros(digits: string): string {
  let from = 0
  while (from < digits.length - 1 && digits[from] === '0') from++
  return digits.slice(from)
}

// Reads more than the standard writes: a leading v, missing parts as 0, and numbers after the third as build text.
function read(text: string): Parsed | null {
  if (text.length > VERSION_CHARACTERS) return null
  const plain = /^[vV]/.test(text) ? text.slice(1) : text
  const plus = plain.indexOf('+')
  const ordered = plus < 0 ? plain : plain.slice(0, plus)
  const dash = ordered.indexOf('-')
  const numbers = (dash < 0 ? ordered : ordered.slice(0, dash)).split('.')
  if (numbers.some((n) => !/^\d+$/.test(n))) return null
  const [major = '0', minor = '0', patch = '0'] = numbers.map(trimZeros)
  return { core: [major, minor, patch], pre: dash < 0 ? [] : ordered.slice(dash + 1).split('.') }
}

function byNumber(a: string, b: string): Order {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

function byIdentifier(a: string, b: string): Order {
  const [aNumber, bNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (aNumber && bNumber) return byNumber(trimZeros(a), trimZeros(b))
  if (aNumber !== bNumber) return aNumber ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

function order(a: Parsed, b: Parsed): Order {
  for (const part of [0, 1, 2] as const) {
    const by = byNumber(a.core[part], b.core[part])
    if (by !== 0) return by
  }
  if (a.pre.length === 0 || b.pre.length === 0) return a.pre.length === b.pre.length ? 0 : a.pre.length > 0 ? -1 : 1
  for (let i = 0; i < Math.min(a.pre.length, b.pre.length); i++) {
    const by = byIdentifier(a.pre[i]!, b.pre[i]!)
    if (by !== 0) return by
  }
  return a.pre.length === b.pre.length ? 0 : a.pre.length < b.pre.length ? -1 : 1
}

function orderedBy(rule: string, isValid: (text: string) => boolean, parse: (text: string) => Parsed | null): VersionOrder {
  return {
    rule,
    isValid: (text) => text.length <= VERSION_CHARACTERS && isValid(text),
    compare: (a, b) => {
      const [left, right] = [parse(a), parse(b)]
      return left && right ? order(left, right) : null
    },
  }
}

// The Go project writes its own releases as 1.19, go1.21rc2; modules are v1.2.3 and pseudo-versions, which are SemVer already.
function readGo(text: string): Parsed | null {
  const release = text.length <= VERSION_CHARACTERS ? GO_RELEASE.exec(text) : null
  return read(release ? release[1]! + (release[2] ? `-${release[2]}.${release[3]}` : '') : text)
}

export const SEMVER: VersionOrder = orderedBy('semver-2.0.0', (text) => STRICT.test(text), read)

export const GO: VersionOrder = orderedBy(
  'go-semver',
  (text) => STRICT.test(text.startsWith('v') ? text.slice(1) : text) || GO_SHORT.test(text) || GO_RELEASE.test(text),
  readGo,
)
