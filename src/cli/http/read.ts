// Answers come from a server that may be broken, old or not Weir at all: each value is taken only in the shape it should have.

export type Loose = Readonly<Record<string, unknown>>

/** The value as an object; one without members where it is none. */
export function object(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}
}

/** The value as a list; empty where it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as text, or null. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** The value as a whole number from 0, or 0. */
export function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0
}

/** The texts of a list. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((one) => typeof one === 'string')
}
