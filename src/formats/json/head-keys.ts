import { decodeKey, stringEnd } from './pointer.ts'

/** Keys seen at the beginning of a JSON document: of its first object, and one or two levels further in. */
export interface HeadKeys {
  readonly outer: ReadonlySet<string>
  readonly inner: ReadonlySet<string>
  /** `[]` and nothing else. */
  readonly emptyList: boolean
}

const MOST = 2000

/**
 * Walks hostile bytes that may break off anywhere; of an array or of lines, the first object counts. `decisive`: a key of the first
 * object after which the others are not asked for.
 */
export function headKeys(bytes: Uint8Array, decisive?: string): HeadKeys {
  const outer = new Set<string>()
  const inner = new Set<string>()
  let objects = 0
  let depth = 0
  let base = -1
  let i = 0
  while (i < bytes.length && outer.size + inner.size < MOST) {
    const c = bytes[i]!
    if (c === 0x22) {
      const end = stringEnd(bytes, i)
      const isKey = base >= 0 && depth - base <= 3 && colonAfter(bytes, end)
      if (isKey) (depth - base === 1 ? outer : inner).add(decodeKey(bytes, i, end))
      if (decisive !== undefined && outer.has(decisive)) break
      i = end
      continue
    }
    if (c === 0x7b || c === 0x5b) {
      if (base < 0 && c === 0x7b) base = depth
      if (c === 0x7b) objects++
      depth++
    } else if (c === 0x7d || c === 0x5d) {
      depth--
      if (depth <= 0 || depth === base) break
    }
    i++
  }
  const emptyList = objects === 0 && depth === 0 && i < bytes.length && bytes[i] === 0x5d && /^\s*\[\s*\]\s*$/.test(text(bytes))
  return { outer, inner, emptyList }
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 64)) + (bytes.length > 64 ? 'x' : '')
}

function colonAfter(bytes: Uint8Array, from: number): boolean {
  let i = from
  while (i < bytes.length && bytes[i]! <= 0x20) i++
  return bytes[i] === 0x3a
}
