import type { Comparator, Constraint } from '../parts.ts'

/** Native ranges longer than this are refused. */
export const NATIVE_CHARACTERS = 16_384

/** `1.2` read from a native range: its numbers as written, and what follows them. */
export interface Partial {
  readonly numbers: readonly string[]
  /** Beginning with its hyphen; empty where there is none. */
  readonly pre: string
}

/** A constraint, for short. */
export function constraint(comparator: Comparator, version: string): Constraint {
  return { comparator, version }
}

/** The numbers up to that place, the last of them one more: the first version after all that begin alike. */
export function nextAfter(numbers: readonly string[], place: number): string[] {
  return numbers.slice(0, place + 1).map((number, i) => (i === place ? String(BigInt(number) + 1n) : number))
}

/** Where `^` lets change begin: after the first number that is not 0, or after the last one written. */
export function caretPlace(numbers: readonly string[]): number {
  const place = numbers.findIndex((number) => BigInt(number) !== 0n)
  return place < 0 ? numbers.length - 1 : place
}
