import { decodeKey, stringEnd } from './pointer.ts'

/** Offset of the first key that its object already has, compared decoded; -1 where there is none. Linear in the bytes. */
export function repeatedKey(bytes: Uint8Array): number {
  const seen: (Set<string> | null)[] = []
  let key = false
  let i = 0
  while (i < bytes.length) {
    const c = bytes[i]!
    if (c === 0x22) {
      const end = stringEnd(bytes, i)
      const own = seen.at(-1)
      if (key && own) {
        const name = decodeKey(bytes, i, end)
        if (own.has(name)) return i + 1
        own.add(name)
      }
      key = false
      i = end
      continue
    }
    if (c === 0x7b) seen.push(new Set())
    else if (c === 0x5b) seen.push(null)
    else if (c === 0x7d || c === 0x5d) seen.pop()
    if (c === 0x7b || c === 0x2c) key = seen.at(-1) != null
    else if (c > 0x20) key = false
    i++
  }
  return -1
}
