import { decodeKey } from './pointer.ts'

const SLOTS = 1024
const LONGEST = 48

/** The names of keys, each decoded once: a document has few different ones. */
export class KeyNames {
  private readonly slots: (string | undefined)[] = new Array(SLOTS).fill(undefined)

  /** The key whose quotes stand at `start` and just before `end`. */
  name(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start - 2
    if (length > LONGEST) return decodeKey(bytes, start, end)
    let hash = length
    for (let i = start + 1; i < end - 1; i++) {
      const c = bytes[i]!
      if (c === 0x5c || c >= 0x80) return decodeKey(bytes, start, end)
      hash = (Math.imul(hash, 31) + c) | 0
    }
    const slot = hash & (SLOTS - 1)
    const known = this.slots[slot]
    if (known !== undefined && known.length === length && same(known, bytes, start + 1)) return known
    const name = decodeKey(bytes, start, end)
    this.slots[slot] = name
    return name
  }
}

function same(text: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false
  return true
}
