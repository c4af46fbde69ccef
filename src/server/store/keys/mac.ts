import { createHmac } from 'node:crypto'
import type { Mac } from '../../../core/kernel/digest.ts'
import type { KeyStore } from './key-store.ts'

/**
 * HMAC-SHA-256 under the index key for one purpose: equal bytes of two purposes give unrelated digests, and without the key
 * store nobody can try guesses against what the database holds.
 */
export function indexMac(keys: Pick<KeyStore, 'secret'>, purpose: string): Mac {
  return keyedMac(keys.secret('index'), purpose)
}

/** The same under any 32-byte key. A key per purpose is made first, so that no input can stray into another purpose. */
export function keyedMac(key: Uint8Array, purpose: string): Mac {
  const own = createHmac('sha256', key).update(`weir/mac/1/${purpose}`).digest()
  return (bytes) => createHmac('sha256', own).update(bytes).digest()
}
