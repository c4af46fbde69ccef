/** SHA-256 of bytes: 32 bytes. Passed in, so that the same rule runs in a browser. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** Keyed digest (HMAC-SHA-256 with a key only the caller holds): 32 bytes. */
export type Mac = (bytes: Uint8Array) => Uint8Array

const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let out = ''
  for (const b of bytes) out += HEX[b]
  return out
}

/** Bytes of an even-length hex string; null when it is not one. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || /[^0-9a-fA-F]/.test(text)) return null
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return out
}
