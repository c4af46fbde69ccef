// Orders that only VERS has: RFC 3339 instants, and texts by their UTF-8 bytes (https://github.com/package-url/vers-spec).

import { parseInstant } from '../instant.ts'
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue } from './whole.ts'

interface DatetimeKey {
  readonly second: number
  /** Digits after the second, without zeros at their end. */
  readonly fraction: string
}

const DATETIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,64}))?(Z|[+-]\d\d:\d\d)$/

function readDatetime(text: string): DatetimeKey | null {
  const found = DATETIME.exec(text)
  const second = found && parseInstant(found[1]! + found[3]!)
  return second === null ? null : { second, fraction: (found![2] ?? '').replace(/0+$/, '') }
}

// UTF-8 bytes order as code points do; UTF-16 puts U+E000 to U+FFFF above all that takes two units.
function byCodePoint(a: string, b: string): Order {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (left !== right) return byValue(weight(left), weight(right))
  }
  return byValue(a.length, b.length)
}

function weight(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

export const DATETIME_ORDER: VersionOrder = keyedOrder({
  rule: 'vers-datetime',
  isValid: (text) => readDatetime(text) !== null,
  read: readDatetime,
  order: (a, b) => byValue(a.second, b.second) || byValue(a.fraction, b.fraction),
})

export const LEXICOGRAPHIC: VersionOrder = keyedOrder({
  rule: 'vers-lexicographic',
  isValid: (text) => text.length > 0,
  read: (text) => (text.length > 0 ? text : null),
  order: byCodePoint,
})
