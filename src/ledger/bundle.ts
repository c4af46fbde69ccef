/** Bytes of one entry at most: its length is written in 16 bits. C2SP tlog-tiles, "Log entries". */
export const MAX_ENTRY = 0xffff

/** Entries as a bundle: each after its length in two bytes, big end first. Throws RangeError on an entry above 65,535 bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY) throw new RangeError(`an entry has at most ${MAX_ENTRY} bytes, not ${entry.length}`)
    length += 2 + entry.length
  }
  const out = new Uint8Array(length)
  let at = 0
  for (const entry of entries) {
    out[at] = entry.length >> 8
    out[at + 1] = entry.length & 255
    out.set(entry, at + 2)
    at += 2 + entry.length
  }
  return out
}

/** The entries of a bundle, as views into it; null unless it is exactly `count` whole entries. Hostile. */
export function parseBundle(bytes: Uint8Array, count: number): Uint8Array[] | null {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    if (entries.length === count || at + 2 > bytes.length) return null
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!)
    if (end > bytes.length) return null
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries.length === count ? entries : null
}
