import type { Sha256 } from './hash.ts'

/** Keyed pseudo-random function of a 16-byte message: 32 bytes that nobody without the key can tell from random ones. */
export type Prf = (message: Uint8Array) => Uint8Array

export const MESSAGE_BYTES = 16
const KEY_BYTES = 32

/**
 * SHA-256(key || message), for one interval's secret of 32 random bytes. Sound as a PRF because key and message have one fixed
 * length (nothing can be appended), and a third of the work of HMAC; any other PRF, HMAC too, may take its place.
 */
export function intervalPrf(key: Uint8Array, sha256: Sha256): Prf {
  if (key.length !== KEY_BYTES) throw new RangeError(`an interval's secret has 32 bytes, not ${key.length}`)
  const input = new Uint8Array(KEY_BYTES + MESSAGE_BYTES)
  input.set(key)
  return (message) => {
    if (message.length !== MESSAGE_BYTES) throw new RangeError(`a message has 16 bytes, not ${message.length}`)
    input.set(message, KEY_BYTES)
    return sha256(input)
  }
}

// The two uses of one key: their messages differ in the first byte.
const BLIND = 1
const PLACE = 2

/** Stands for the empty subtree at `level` (0: leaves) and `index`. */
export function blindHash(prf: Prf, message: Uint8Array, level: number, index: number): Uint8Array {
  message.fill(0)
  message[0] = BLIND
  message[1] = level
  message[2] = index >>> 24
  message[3] = (index >>> 16) & 255
  message[4] = (index >>> 8) & 255
  message[5] = index & 255
  return prf(message)
}

/** 24 bits: where a commitment would like to stand, from its first 15 bytes. */
export function wantedPosition(prf: Prf, message: Uint8Array, commitment: Uint8Array): number {
  message[0] = PLACE
  for (let i = 1; i < MESSAGE_BYTES; i++) message[i] = commitment[i - 1]!
  const out = prf(message)
  return (out[0]! << 16) | (out[1]! << 8) | out[2]!
}
