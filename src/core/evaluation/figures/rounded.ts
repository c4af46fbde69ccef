import { rounded } from './canonical.ts'

/** A copy in which every number that is not whole has six significant digits; typed arrays become lists, functions have no place. */
export function deepRounded<T>(value: T): T {
  return round(value) as T
}

function round(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : rounded(value)
  if (Array.isArray(value)) return value.map(round)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, round(one)]))
}
