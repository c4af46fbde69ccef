/**
 * Text of a value of which equal values have equal texts: keys in code-unit order, no spaces, numbers as JSON writes them (RFC 8785 for
 * finite numbers). Absent fields are left out; throws RangeError on NaN and the infinities, which no figure may hold.
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('a figure is not finite')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item ?? null)).join(',')}]`
  if (typeof value !== 'object') return 'null'
  const record = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(record[key])}`).join(',')}}`
}

/** A number of at most so many significant digits, so that the last bits, in which machines may differ, never enter a figure. */
export function rounded(value: number, digits = 6): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) + 0 : 0
}
