// Conan's version order (https://docs.conan.io/2/tutorial/versioning/versions.html): any number of items, `-` before a release, `+`
// after it; zeros at the end do not count. An item that begins with digits compares by them first: Conan's own comparison of 9, 10
// and 1a runs in a circle there, and an order must not.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, digitsEnd, readWhole, type Whole } from './whole.ts'

interface ConanItem {
  /** null: begins with no digit, and is newer than any that does. */
  readonly number: Whole | null
  readonly rest: string
}

interface ConanKey {
  readonly main: readonly ConanItem[]
  /** null: a release, newer than what comes before one. */
  readonly pre: readonly ConanItem[] | null
  /** null: without build, older than with any. */
  readonly build: readonly ConanItem[] | null
}

function readItems(text: string): ConanItem[] {
  const items = text.split('.').map((item): ConanItem => {
    const end = digitsEnd(item, 0)
    return { number: end === 0 ? null : readWhole(item, 0, end), rest: item.slice(end) }
  })
  while (items.length > 0 && isNothing(items.at(-1)!)) items.pop()
  return items
}

function isNothing({ number, rest }: ConanItem): boolean {
  return rest === '' && (number === 0 || number === null)
}

function read(text: string): ConanKey | null {
  if (text.length === 0 || /[^\x21-\x7e]/.test(text)) return null
  const plus = text.lastIndexOf('+')
  const value = plus < 0 ? text : text.slice(0, plus)
  const dash = value.indexOf('-')
  const main = dash < 0 ? value : value.slice(0, dash)
  if (main === '') return null
  return {
    main: readItems(main),
    pre: dash < 0 ? null : readItems(value.slice(dash + 1)),
    build: plus < 0 ? null : readItems(text.slice(plus + 1)),
  }
}

function byItems(a: readonly ConanItem[], b: readonly ConanItem[]): Order {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const [left, right] = [a[i]!, b[i]!]
    if (left.number === null || right.number === null) {
      if (left.number !== right.number) return left.number === null ? 1 : -1
    } else if (left.number !== right.number) return byValue(left.number, right.number)
    const by = byValue(left.rest, right.rest)
    if (by !== 0) return by
  }
  return byValue(a.length, b.length)
}

function order(a: ConanKey, b: ConanKey): Order {
  const by = byItems(a.main, b.main)
  if (by !== 0) return by
  const byPre = a.pre && b.pre ? byItems(a.pre, b.pre) : a.pre ? -1 : b.pre ? 1 : 0
  if (byPre !== 0) return byPre
  return a.build && b.build ? byItems(a.build, b.build) : a.build ? 1 : b.build ? -1 : 0
}

export const CONAN: VersionOrder = keyedOrder({
  rule: 'conan',
  isValid: (text) => /^[a-z0-9_][a-z0-9_+.-]{0,100}$/.test(text),
  read,
  order,
})
