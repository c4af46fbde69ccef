/**
 * JSON with sorted keys and no white space: equal values give equal text. Undefined properties are left out; numbers must be finite.
 * Deeper than 100 levels throws RangeError: our own values never are.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > 100) throw new RangeError('a value nested deeper than 100 levels')
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null, depth + 1)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined)
    // By code unit, whatever the locale.
    fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one, depth + 1)}`).join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('a number that JSON cannot say')
  return JSON.stringify(value) ?? 'null'
}
