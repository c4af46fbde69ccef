import type { Order } from '../version-order.ts'

/** A whole number of any length, exact: a number up to 15 digits, a bigint above. `<` and `>` hold between the two. */
export type Whole = number | bigint

const EXACT_DIGITS = 15
const ZERO = 48

/** Whether the character at that place is one of 0 to 9. */
export function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= ZERO && code <= 57
}

/** Where the run of digits that begins at `from` ends. */
export function digitsEnd(text: string, from: number): number {
  let at = from
  while (isDigitAt(text, at)) at++
  return at
}

/** The number written by the digits from `from` up to `to`; leading zeros do not count, no digit at all is 0. */
export function readWhole(text: string, from: number, to: number): Whole {
  let start = from
  while (start < to && text.charCodeAt(start) === ZERO) start++
  if (to - start > EXACT_DIGITS) return BigInt(text.slice(start, to))
  let value = 0
  for (let at = start; at < to; at++) value = value * 10 + (text.charCodeAt(at) - ZERO)
  return value
}

/** Which of two numbers, or of two texts by UTF-16 unit, comes first. */
export function byValue<T extends Whole | string>(a: T, b: T): Order {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Compares lists of numbers one by one; `missing` stands for what the shorter one lacks, null: the shorter one comes first. */
export function byWholes(a: readonly Whole[], b: readonly Whole[], missing: Whole | null): Order {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const by = byValue(a[i]!, b[i]!)
    if (by !== 0) return by
  }
  if (missing === null || a.length === b.length) return byValue(a.length, b.length)
  for (let i = shared; i < a.length; i++) if (a[i] !== missing) return byValue(a[i]!, missing)
  for (let i = shared; i < b.length; i++) if (b[i] !== missing) return byValue(missing, b[i]!)
  return 0
}
