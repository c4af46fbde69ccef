const TABLES = tables()

function tables(): readonly Uint32Array[] {
  const first = new Uint32Array(256)
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
    first[n] = c >>> 0
  }
  const all = [first]
  for (let t = 1; t < 4; t++) all.push(first.map((_, n) => first[all[t - 1]![n]! & 255]! ^ (all[t - 1]![n]! >>> 8)))
  return all
}

/** CRC-32 of what came before (`crc`, 0 at first) and of `bytes` (ISO/IEC 3309, as in APPNOTE 4.4.7), four bytes at a time. */
export function crc32(crc: number, bytes: Uint8Array): number {
  const [a, b, c, d] = TABLES as readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  const whole = bytes.length & ~3
  let r = ~crc
  let i = 0
  while (i < whole) {
    r ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    r = d[r & 255]! ^ c[(r >>> 8) & 255]! ^ b[(r >>> 16) & 255]! ^ a[r >>> 24]!
    i += 4
  }
  while (i < bytes.length) r = a[(r ^ bytes[i++]!) & 255]! ^ (r >>> 8)
  return ~r >>> 0
}
