import { createHmac, createSecretKey } from 'node:crypto'
import type { Mac } from '../../../core/kernel/digest.ts'

/** HMAC-SHA-256 under any 32-byte key. A key per purpose is made first, so that no input can stray into another purpose. */
export function keyedMac(key: Uint8Array, purpose: string): Mac {
  const own = createSecretKey(createHmac('sha256', key).update(`weir/mac/1/${purpose}`).digest())
  return (bytes) => createHmac('sha256', own).update(bytes).digest()
}
