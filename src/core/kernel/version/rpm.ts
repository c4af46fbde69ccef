// RPM: epoch:version-release by rpmvercmp (https://rpm.org/docs/latest/manual/rpm-version.html, rpm-version(7)). A missing epoch is
// 0; no release is older than any.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, digitsEnd, isDigitAt, readWhole, type Whole } from './whole.ts'

/** Tilde or caret, a word or a number; what stands between them only separates. */
type Segment = typeof TILDE | typeof CARET | Whole | string

const TILDE = '~'
const CARET = '^'

interface RpmKey {
  readonly epoch: Whole
  readonly version: readonly Segment[]
  readonly release: readonly Segment[] | null
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function segments(text: string, from: number, to: number): Segment[] {
  const out: Segment[] = []
  for (let at = from; at < to; ) {
    const code = text.charCodeAt(at)
    let end = at + 1
    if (isDigitAt(text, at)) {
      end = Math.min(digitsEnd(text, at), to)
      out.push(readWhole(text, at, end))
    } else if (isLetter(code)) {
      while (end < to && isLetter(text.charCodeAt(end))) end++
      out.push(text.slice(at, end))
    } else if (code === 126) out.push(TILDE)
    else if (code === 94) out.push(CARET)
    at = end
  }
  return out
}

// ~ < end < ^ < word < number
function rank(segment: Segment | undefined): number {
  if (segment === undefined) return 1
  if (typeof segment !== 'string') return 4
  return segment === TILDE ? 0 : segment === CARET ? 2 : 3
}

function bySegments(a: readonly Segment[], b: readonly Segment[]): Order {
  const most = Math.max(a.length, b.length)
  for (let i = 0; i < most; i++) {
    const [left, right] = [a[i], b[i]]
    const by = byValue(rank(left), rank(right)) || byValue(left!, right!)
    if (by !== 0) return by
  }
  return 0
}

function read(text: string): RpmKey | null {
  if (text.length === 0 || /[\p{Cc}\s]/u.test(text)) return null
  const digits = digitsEnd(text, 0)
  const from = text[digits] === ':' ? digits + 1 : 0
  const hyphen = text.lastIndexOf('-')
  const end = hyphen < from ? text.length : hyphen
  return {
    epoch: from === 0 ? 0 : readWhole(text, 0, digits),
    version: segments(text, from, end),
    release: end === text.length ? null : segments(text, end + 1, text.length),
  }
}

function order(a: RpmKey, b: RpmKey): Order {
  const by = byValue(a.epoch, b.epoch) || bySegments(a.version, b.version)
  if (by !== 0) return by
  if (a.release === null || b.release === null) return a.release === b.release ? 0 : a.release === null ? -1 : 1
  return bySegments(a.release, b.release)
}

export const RPM: VersionOrder = keyedOrder({
  rule: 'rpm',
  isValid: (text) => /^(?:\d+:)?[A-Za-z0-9._+~^]+(?:-[A-Za-z0-9._+~^]+)?$/.test(text),
  read,
  order,
})
