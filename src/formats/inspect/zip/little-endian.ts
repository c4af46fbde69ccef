export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0
}

/** Infinity above 2^53, so that no comparison lets such a size pass. */
export function u64(bytes: Uint8Array, at: number): number {
  const high = u32(bytes, at + 4)
  return high > 0x1fffff ? Number.POSITIVE_INFINITY : high * 2 ** 32 + u32(bytes, at)
}
