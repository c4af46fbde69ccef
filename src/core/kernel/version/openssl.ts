// OpenSSL: up to 1.1.1 letters count the patches of three numbers (1.0.2, 1.0.2a … 1.0.2z, 1.0.2za), since 3.0.0 SemVer
// (https://www.openssl.org/policies/general/versioning-policy.html). Letters in a row compare as text.
import type { Order, VersionOrder } from '../version-order.ts'
import { keyedOrder } from './keyed-order.ts'
import { byIdentifiers, readIdentifiers } from './semver.ts'
import { byValue, byWholes, readWhole, type Whole } from './whole.ts'

interface OpensslKey {
  readonly numbers: readonly Whole[]
  readonly letters: string
  readonly pre: readonly (Whole | string)[] | null
}

const VERSION = /^(\d+(?:\.\d+){0,3})([a-z]*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

function read(text: string): OpensslKey | null {
  const found = VERSION.exec(text)
  if (!found) return null
  const [, numbers, letters, pre] = found
  return {
    numbers: numbers!.split('.').map((number) => readWhole(number, 0, number.length)),
    letters: letters!,
    // alpha10 after alpha9: the number behind the word counts as one.
    pre: pre === undefined ? null : readIdentifiers(pre.replace(/([a-z])(\d)/g, '$1.$2'), 0, pre.length * 2),
  }
}

function order(a: OpensslKey, b: OpensslKey): Order {
  const by = byWholes(a.numbers, b.numbers, 0) || byValue(a.letters, b.letters)
  if (by !== 0) return by
  if (a.pre === null || b.pre === null) return a.pre === b.pre ? 0 : a.pre === null ? 1 : -1
  return byIdentifiers(a.pre, b.pre)
}

export const OPENSSL: VersionOrder = keyedOrder({ rule: 'openssl', isValid: (text) => VERSION.test(text), read, order })
