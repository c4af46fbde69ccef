// NuGet: four numbers, then SemVer's rule for what comes before a release, letters of either case alike; what follows a plus does
// not count (https://learn.microsoft.com/nuget/concepts/package-versioning).
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byIdentifiers, readIdentifiers } from './semver.ts'
import { byWholes, digitsEnd, readWhole, type Whole } from './whole.ts'

interface NugetKey {
  readonly numbers: readonly Whole[]
  readonly pre: readonly (Whole | string)[] | null
}

const VALID = /^\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

function read(text: string): NugetKey | null {
  const plus = text.indexOf('+')
  const end = plus < 0 ? text.length : plus
  const numbers: Whole[] = []
  let at = text[0] === 'v' || text[0] === 'V' ? 1 : 0
  for (;;) {
    const to = digitsEnd(text, at)
    if (to === at) return null
    numbers.push(readWhole(text, at, to))
    at = to
    if (text[at] !== '.') break
    at++
  }
  if (numbers.length > 4) return null
  if (at === end) return { numbers, pre: null }
  return text[at] === '-' ? { numbers, pre: readIdentifiers(text.toLowerCase(), at + 1, end) } : null
}

function order(a: NugetKey, b: NugetKey): Order {
  const by = byWholes(a.numbers, b.numbers, 0)
  if (by !== 0) return by
  if (a.pre === null || b.pre === null) return a.pre === b.pre ? 0 : a.pre === null ? 1 : -1
  return byIdentifiers(a.pre, b.pre)
}

export const NUGET: VersionOrder = keyedOrder({ rule: 'nuget', isValid: (text) => VALID.test(text), read, order })
