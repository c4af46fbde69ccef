// Gentoo's Package Manager Specification §3.2 and §3.3 (https://projects.gentoo.org/pms/8/pms.html): numbers, a letter, suffixes,
// a revision. After the first, numbers with a leading zero compare as text without the zeros at their end.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byValue, readWhole, type Whole } from './whole.ts'

interface GentooKey {
  readonly numbers: readonly string[]
  readonly letter: string
  readonly suffixes: readonly (readonly [rank: number, number: Whole])[]
  readonly revision: Whole
}

const VERSION = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/
/** What the end of the list stands for, between `rc` and `p`. */
const RELEASE = 4
const RANKS: ReadonlyMap<string, number> = new Map([
  ['alpha', 0],
  ['beta', 1],
  ['pre', 2],
  ['rc', 3],
  ['p', 5],
])

function read(text: string): GentooKey | null {
  const found = VERSION.exec(text)
  if (!found) return null
  const [, numbers, letter, suffixes, revision = ''] = found
  return {
    numbers: numbers!.split('.'),
    letter: letter!,
    suffixes: [...suffixes!.matchAll(/_([a-z]+)(\d*)/g)].map(([, name, n]) => [RANKS.get(name!)!, readWhole(n!, 0, n!.length)]),
    revision: readWhole(revision, 0, revision.length),
  }
}

function byNumber(a: string, b: string, isFirst: boolean): Order {
  if (isFirst || (a[0] !== '0' && b[0] !== '0')) return byValue(readWhole(a, 0, a.length), readWhole(b, 0, b.length))
  return byValue(withoutEnd(a), withoutEnd(b))
}

function withoutEnd(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

function order(a: GentooKey, b: GentooKey): Order {
  const shared = Math.min(a.numbers.length, b.numbers.length)
  for (let i = 0; i < shared; i++) {
    const by = byNumber(a.numbers[i]!, b.numbers[i]!, i === 0)
    if (by !== 0) return by
  }
  const by = byValue(a.numbers.length, b.numbers.length) || byValue(a.letter, b.letter)
  if (by !== 0) return by
  const most = Math.max(a.suffixes.length, b.suffixes.length)
  for (let i = 0; i < most; i++) {
    const [[aRank, aNumber], [bRank, bNumber]] = [a.suffixes[i] ?? [RELEASE, 0], b.suffixes[i] ?? [RELEASE, 0]]
    const bySuffix = byValue(aRank, bRank) || byValue(aNumber, bNumber)
    if (bySuffix !== 0) return bySuffix
  }
  return byValue(a.revision, b.revision)
}

export const GENTOO: VersionOrder = keyedOrder({ rule: 'gentoo-pms', isValid: (text) => VERSION.test(text), read, order })
