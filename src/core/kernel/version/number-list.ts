// Orders of plain lists of numbers: CRAN (R's package_version, "Writing R Extensions" §1.1.1: dots and hyphens alike), Hackage
// (Haskell's Data.Version) and VERS's intdot. In the first two a longer list is newer where all before is equal.
import type { VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byWholes, digitsEnd, readWhole, type Whole } from './whole.ts'

function reader(separators: string): (text: string) => Whole[] | null {
  return (text) => {
    const numbers: Whole[] = []
    for (let at = 0; ; at++) {
      const end = digitsEnd(text, at)
      if (end === at) return null
      numbers.push(readWhole(text, at, end))
      at = end
      if (at === text.length) return numbers
      if (!separators.includes(text[at]!)) return null
    }
  }
}

export const CRAN: VersionOrder = keyedOrder({
  rule: 'cran',
  isValid: (text) => /^\d+(?:[.-]\d+)+$/.test(text),
  read: reader('.-'),
  order: (a, b) => byWholes(a, b, null),
})

export const HACKAGE: VersionOrder = keyedOrder({
  rule: 'hackage',
  isValid: (text) => /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*$/.test(text),
  read: reader('.'),
  order: (a, b) => byWholes(a, b, null),
})

export const INTDOT: VersionOrder = keyedOrder({
  rule: 'vers-intdot',
  isValid: (text) => /^\d+(?:\.\d+)*$/.test(text),
  read: reader('.'),
  order: (a, b) => byWholes(a, b, 0),
})
