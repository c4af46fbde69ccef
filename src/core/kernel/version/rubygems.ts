// RubyGems' Gem::Version (https://docs.ruby-lang.org/en/master/Gem/Version.html): numbers and words; a word makes it a pre-release.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, isDigitAt, readWhole, type Whole } from './whole.ts'

type Segment = Whole | string

const VALID = /^\s*(?:\d+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?\s*$/

function withoutZeros(segments: Segment[]): Segment[] {
  while (segments.length > 0 && segments.at(-1) === 0) segments.pop()
  return segments
}

function read(text: string): Segment[] | null {
  if (!VALID.test(text)) return null
  // A hyphen stands for a pre-release, as Gem::Version rewrites it.
  const pieces = text.replaceAll('-', '.pre.').match(/\d+|[a-zA-Z]+/g) ?? []
  const segments = pieces.map((piece): Segment => (isDigitAt(piece, 0) ? readWhole(piece, 0, piece.length) : piece))
  const word = segments.findIndex((segment) => typeof segment === 'string')
  if (word < 0) return withoutZeros(segments)
  return [...withoutZeros(segments.slice(0, word)), ...withoutZeros(segments.slice(word))]
}

function order(a: readonly Segment[], b: readonly Segment[]): Order {
  const most = Math.max(a.length, b.length)
  for (let i = 0; i < most; i++) {
    const [left, right] = [a[i] ?? 0, b[i] ?? 0]
    const isText = typeof left === 'string'
    if (isText !== (typeof right === 'string')) return isText ? -1 : 1
    const by = byValue(left, right)
    if (by !== 0) return by
  }
  return 0
}

export const RUBYGEMS: VersionOrder = keyedOrder({
  rule: 'rubygems',
  isValid: (text) => text.length > 0 && VALID.test(text),
  read,
  order,
})
