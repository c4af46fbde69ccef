/** A plain JSON value that a commitment can speak of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const MAX_DEPTH = 32
const MAX_CHARS = 1 << 18

/**
 * The one byte string of a JSON value: members sorted by UTF-16 unit, no spaces, numbers as ECMAScript writes them (RFC 8785).
 * Null for what JSON cannot carry exactly (lone surrogates, numbers that are not finite), deeper than 32 or above 256 Ki characters.
 */
export function canonicalBytes(value: unknown): Uint8Array | null {
  const parts: string[] = []
  const left = { chars: MAX_CHARS }
  return write(value, parts, left, 0) ? new TextEncoder().encode(parts.join('')) : null
}

function write(value: unknown, parts: string[], left: { chars: number }, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  if (value === null || typeof value === 'boolean') return put(String(value), parts, left)
  if (typeof value === 'number') return Number.isFinite(value) && put(JSON.stringify(value), parts, left)
  if (typeof value === 'string') return writeString(value, parts, left)
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) {
    return (
      put('[', parts, left) &&
      value.every((item, i) => (i === 0 || put(',', parts, left)) && write(item, parts, left, depth + 1)) &&
      put(']', parts, left)
    )
  }
  const names = Object.keys(value).sort()
  const members = value as Record<string, unknown>
  return (
    put('{', parts, left) &&
    names.every(
      (name, i) =>
        (i === 0 || put(',', parts, left)) &&
        writeString(name, parts, left) &&
        put(':', parts, left) &&
        write(members[name], parts, left, depth + 1),
    ) &&
    put('}', parts, left)
  )
}

function writeString(text: string, parts: string[], left: { chars: number }): boolean {
  return text.length <= left.chars && text.isWellFormed() && put(JSON.stringify(text), parts, left)
}

function put(text: string, parts: string[], left: { chars: number }): boolean {
  parts.push(text)
  left.chars -= text.length
  return left.chars >= 0
}
