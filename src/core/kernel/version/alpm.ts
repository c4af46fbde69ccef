// Arch Linux's vercmp(8): epoch:version-release by the package manager's own rpmvercmp, in which the length of separators counts and
// a word at the end makes older. A release counts only where both state one, so 1.5 equals both 1.5-1 and 1.5-2.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, digitsEnd, readWhole, type Whole } from './whole.ts'

interface AlpmKey {
  readonly epoch: Whole
  readonly version: string
  readonly release: string | null
}

function isLetterAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 32
  return code >= 97 && code <= 122
}

function lettersEnd(text: string, from: number): number {
  let at = from
  while (isLetterAt(text, at)) at++
  return at
}

function separatorsEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !isLetterAt(text, at) && digitsEnd(text, at) === at) at++
  return at
}

function bySegments(a: string, b: string): Order {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const [aFrom, bFrom] = [separatorsEnd(a, i), separatorsEnd(b, j)]
    const by = byValue(aFrom - i, bFrom - j)
    i = aFrom
    j = bFrom
    if (i === a.length || j === b.length) break
    if (by !== 0) return by
    const [aDigits, bDigits] = [digitsEnd(a, i), digitsEnd(b, j)]
    if (aDigits > i !== bDigits > j) return aDigits > i ? 1 : -1
    const isNumber = aDigits > i
    const [aEnd, bEnd] = isNumber ? [aDigits, bDigits] : [lettersEnd(a, i), lettersEnd(b, j)]
    const bySegment = isNumber
      ? byValue(readWhole(a, i, aEnd), readWhole(b, j, bEnd))
      : byValue(a.slice(i, aEnd), b.slice(j, bEnd))
    if (bySegment !== 0) return bySegment
    i = aEnd
    j = bEnd
  }
  if (i === a.length && j === b.length) return 0
  // What is left over makes newer, except letters, which make older.
  return (i === a.length && !isLetterAt(b, j)) || isLetterAt(a, i) ? -1 : 1
}

function read(text: string): AlpmKey | null {
  if (text.length === 0 || /[^\x21-\x7e]/.test(text)) return null
  const digits = digitsEnd(text, 0)
  const from = text[digits] === ':' ? digits + 1 : 0
  const hyphen = text.lastIndexOf('-')
  const end = hyphen < from ? text.length : hyphen
  return {
    epoch: from === 0 ? 0 : readWhole(text, 0, digits),
    version: text.slice(from, end),
    release: end === text.length ? null : text.slice(end + 1),
  }
}

function order(a: AlpmKey, b: AlpmKey): Order {
  const by = byValue(a.epoch, b.epoch) || bySegments(a.version, b.version)
  if (by !== 0 || a.release === null || b.release === null) return by
  return bySegments(a.release, b.release)
}

export const ALPM: VersionOrder = keyedOrder({
  rule: 'alpm',
  isValid: (text) => /^(?:\d+:)?[^\s:/-]+(?:-\d+(?:\.\d+)?)?$/.test(text),
  read,
  order,
})
