import type { Sha256 } from './hash.ts'
import { canonicalBytes, type Json } from './statement.ts'

/** Random bytes that keep a commitment from being guessed; the holder of the receipt needs them, nobody else does. */
export const SALT_BYTES = 32

// Starts with 0x00 as every leaf does, so that no commitment can be taken for an inner node (which starts with 0x01).
const DOMAIN = new Uint8Array([0, ...new TextEncoder().encode('weir/commitment/1\n')])

/** SHA-256(0x00 || "weir/commitment/1\n" || salt || canonical statement): 32 bytes; null for a bad salt or statement. */
export function commit(statement: Json, salt: Uint8Array, sha256: Sha256): Uint8Array | null {
  const bytes = canonicalBytes(statement)
  if (!bytes || salt.length !== SALT_BYTES) return null
  const input = new Uint8Array(DOMAIN.length + SALT_BYTES + bytes.length)
  input.set(DOMAIN)
  input.set(salt, DOMAIN.length)
  input.set(bytes, DOMAIN.length + SALT_BYTES)
  return sha256(input)
}
