/** What is in no JSON by the standard and yet in logs written by Python. */
const CONSTANTS = ['NaN', 'Infinity', '-Infinity'] as const

/**
 * The value of hostile JSON bytes as plain data, `undefined` where they are none. `NaN`, `Infinity` and `-Infinity` outside
 * strings become strings of that spelling, so that nobody reckons with them unasked. Depth was bounded by the walk before.
 */
export function plain(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  try {
    return JSON.parse(text)
  } catch {
    const quoted = quoteConstants(text)
    if (quoted === null) return undefined
    try {
      return JSON.parse(quoted)
    } catch {
      return undefined
    }
  }
}

/** Puts quotes around the constants outside strings; null where there are none. Linear: each character is looked at once. */
function quoteConstants(text: string): string | null {
  const parts: string[] = []
  let copied = 0
  let i = 0
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === 0x22) {
      i++
      while (i < text.length && text.charCodeAt(i) !== 0x22) i += text.charCodeAt(i) === 0x5c ? 2 : 1
      i++
      continue
    }
    const constant = c === 0x4e || c === 0x49 || c === 0x2d ? CONSTANTS.find((word) => text.startsWith(word, i)) : undefined
    if (constant === undefined) {
      i++
      continue
    }
    parts.push(text.slice(copied, i), `"${constant}"`)
    i += constant.length
    copied = i
  }
  return copied === 0 ? null : parts.join('') + text.slice(copied)
}

export type PlainObject = Readonly<Record<string, unknown>>

/** The value as an object of keys, empty where it is none. */
export function objectOf(value: unknown): PlainObject {
  return isObject(value) ? value : {}
}

export function isObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Null for everything but a finite number. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
