import { decodeLoosely } from './utf8.ts'

const LONGEST = 500

/** One reference token of a JSON pointer, escaped as RFC 6901 section 3 asks. */
export function pointerToken(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}

/** A pointer short enough to be shown: a hostile key cannot make an answer longer than its file. */
export function shownPointer(pointer: string): string {
  const text = pointer.toWellFormed()
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).toWellFormed()}…`
}

interface Level {
  /** -1 in an object. */
  index: number
  key: string
}

/** JSON pointer of the value that the byte at `offset` belongs to, below `prefix`; of the nearest container in broken JSON. */
export function pointerAt(bytes: Uint8Array, offset: number, prefix: string): string {
  const levels: Level[] = []
  let i = 0
  let depth = 0
  while (i < bytes.length && i < offset) {
    const c = bytes[i]!
    const top = levels[depth - 1]
    if (c === 0x22) {
      const end = stringEnd(bytes, i)
      // A string right before a colon is a key; deep bombs are counted but not remembered.
      if (top && depth <= levels.length && top.index < 0 && colonFollows(bytes, end)) top.key = decodeKey(bytes, i, end)
      if (offset < end) break
      i = end
      continue
    }
    if (c === 0x7b || c === 0x5b) {
      depth++
      if (depth <= 256) levels[depth - 1] = { index: c === 0x5b ? 0 : -1, key: '' }
    } else if (c === 0x7d || c === 0x5d) {
      depth--
      if (depth < levels.length) levels.length = Math.max(depth, 0)
      if (depth < 0) break
    } else if (c === 0x2c && top && top.index >= 0) top.index++
    i++
  }
  const path = levels.filter((level) => level.index >= 0 || level.key !== '')
  return shownPointer(prefix + path.map((level) => '/' + (level.index >= 0 ? level.index : pointerToken(level.key))).join(''))
}

/** Offset just after the string that opens at `at` (or the end of the bytes). */
export function stringEnd(bytes: Uint8Array, at: number): number {
  let i = at + 1
  while (i < bytes.length && bytes[i] !== 0x22) i += bytes[i] === 0x5c ? 2 : 1
  return Math.min(i + 1, bytes.length)
}

/** The key whose quotes stand at `start` and just before `end`; its own spelling where the escapes are broken. */
export function decodeKey(bytes: Uint8Array, start: number, end: number): string {
  const text = decodeLoosely(bytes.subarray(start, end))
  if (!text.includes('\\')) return text.slice(1, -1)
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}

function colonFollows(bytes: Uint8Array, from: number): boolean {
  let i = from
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++
  return bytes[i] === 0x3a
}
