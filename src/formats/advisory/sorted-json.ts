/** What JSON can hold; fields that are `undefined` are left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined }

/** JSON with the fields of every object in the order of their UTF-16 units, two blanks deep, and a line feed at its end. */
export function sortedJson(value: Json): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`
}

/** The same on one line, without a line feed. */
export function sortedLine(value: Json): string {
  return JSON.stringify(sorted(value))
}

/** A list as a field: left out when it is empty, for the formats forbid empty lists. */
export function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

/** The elements without those that say the same as an earlier one. */
export function distinct<T extends Json>(list: readonly T[]): T[] {
  const seen = new Map<string, T>()
  for (const one of list) {
    const key = sortedLine(one)
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()]
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, field]) => [name, sorted(field)]))
}
