import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto'
import type { Random } from '../../../core/kernel/id.ts'

// version 1: one byte 1, 12 bytes nonce, ciphertext, 16 bytes tag. AES-256-GCM, NIST SP 800-38D.
const VERSION = 1
const NONCE = 12
const TAG = 16
const AHEAD = 1 + NONCE
/** How many bytes a sealed text is longer than the text. */
export const SEAL_OVERHEAD = AHEAD + TAG

/** The bytes were not sealed with that key for that place, or were changed since. */
export class SealBroken extends Error {
  override name = 'SealBroken'
}

/**
 * Encrypts and authenticates `plaintext` under a 32-byte key. `aad` names the place it is for (`finding/<id>/body`), so that it
 * opens nowhere else. A key seals few texts (one finding's, one case's), far below the 2^32 that random nonces allow.
 */
export function seal(key: Uint8Array, plaintext: Uint8Array, aad: string, random: Random): Buffer {
  const out = Buffer.allocUnsafe(AHEAD + plaintext.length + TAG)
  out[0] = VERSION
  out.set(random(NONCE), 1)
  // A key object made first: handing Node the bare bytes costs three times the cipher itself.
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), out.subarray(1, AHEAD))
  cipher.setAAD(placeOf(aad))
  // GCM is a stream: update returns every byte, final none.
  out.set(cipher.update(plaintext), AHEAD)
  cipher.final()
  out.set(cipher.getAuthTag(), AHEAD + plaintext.length)
  return out
}

/** The text that `seal` took, for the same key and place; throws SealBroken otherwise. */
export function open(key: Uint8Array, sealed: Uint8Array, aad: string): Buffer {
  if (sealed.length < SEAL_OVERHEAD || sealed[0] !== VERSION) throw new SealBroken(`not sealed by this Weir: ${aad}`)
  const tagAt = sealed.length - TAG
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), sealed.subarray(1, AHEAD), { authTagLength: TAG })
  decipher.setAAD(placeOf(aad))
  decipher.setAuthTag(sealed.subarray(tagAt))
  const plaintext = decipher.update(sealed.subarray(AHEAD, tagAt))
  try {
    decipher.final()
  } catch {
    throw new SealBroken(`sealed with another key, for another place, or changed: ${aad}`)
  }
  return plaintext
}

/** `seal` of a value as JSON. */
export function sealJson(key: Uint8Array, value: unknown, aad: string, random: Random): Buffer {
  return seal(key, Buffer.from(JSON.stringify(value)), aad, random)
}

/** The value that `sealJson` took. It was authenticated, so its shape is the writer's. */
export function openJson<T>(key: Uint8Array, sealed: Uint8Array, aad: string): T {
  return JSON.parse(open(key, sealed, aad).toString('utf8')) as T
}

// The version is authenticated with the place, so that a later one cannot be read as an earlier one.
const placeOf = (aad: string): Buffer => Buffer.from(`weir/${VERSION}/${aad}`)
