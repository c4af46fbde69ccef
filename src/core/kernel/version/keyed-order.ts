import type { Order, VersionKey, VersionOrder } from '../version-order.ts'

/** Longer texts are versions of no ecosystem: a bound on the work that one hostile text can make. */
export const LONGEST_VERSION = 1_024

interface Rule<Key> {
  readonly rule: string
  /** The most characters of a version; LONGEST_VERSION where not said. */
  readonly longest?: number
  readonly isValid: (text: string) => boolean
  /** What is compared; null for what cannot be read. */
  readonly read: (text: string) => Key | null
  readonly order: (a: Key, b: Key) => Order
}

/** A version order from a reader and a comparison of what it read: the only place that makes version keys. */
export function keyedOrder<Key>({ rule, longest = LONGEST_VERSION, isValid, read, order }: Rule<Key>): VersionOrder {
  const readShort = (text: string): Key | null => (text.length > longest ? null : read(text))
  return {
    rule,
    isValid: (text) => text.length <= longest && isValid(text),
    compare: (a, b) => {
      const left = readShort(a)
      if (left === null) return null
      const right = readShort(b)
      return right === null ? null : order(left, right)
    },
    key: (text) => readShort(text) as VersionKey | null,
    compareKeys: (a, b) => order(a as Key, b as Key),
  }
}
