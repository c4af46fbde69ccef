import { Odd } from './wanted.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
const CONTROL = /[\u0000-\u001f]/
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * The text of a JSON string between its quotes, lone surrogates replaced; odd where it is no UTF-8, null where it holds a raw control
 * character or a broken escape.
 */
export function readText(bytes: Uint8Array, start: number, end: number, escapes: boolean): string | Odd | null {
  if (start === end) return ''
  const text = decoder.decode(bytes.subarray(start, end))
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) return new Odd('type', text)
  if (CONTROL.test(text)) return null
  if (!escapes) return text
  try {
    return String(JSON.parse(`"${text}"`)).toWellFormed()
  } catch {
    return null
  }
}

/** A number, `true` or `false` as it stands; null for `null`, undefined for what is none of them. */
export function readScalar(bytes: Uint8Array): string | null | undefined {
  const text = decoder.decode(bytes)
  if (text === 'null') return null
  return text === 'true' || text === 'false' || NUMBER.test(text) ? text : undefined
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}
