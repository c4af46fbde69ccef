import type { Brand } from './brand.ts'

/** `sha256:` and 64 lower-case hex digits. A digest always names its algorithm. */
export type Digest = Brand<string, 'Digest'>

/** SHA-256 of bytes: 32 bytes. Passed in, so that the same rule runs in a browser. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** Keyed digest (HMAC-SHA-256 with a key only the caller holds): 32 bytes. */
export type Mac = (bytes: Uint8Array) => Uint8Array

const PATTERN = /^sha256:[0-9a-f]{64}$/

export function digestOf(bytes32: Uint8Array): Digest {
  if (bytes32.length !== 32) throw new RangeError(`a sha256 digest has 32 bytes, not ${bytes32.length}`)
  return `sha256:${toHex(bytes32)}` as Digest
}

export function parseDigest(text: string): Digest | null {
  return PATTERN.test(text) ? (text as Digest) : null
}

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
