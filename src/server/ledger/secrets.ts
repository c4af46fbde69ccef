import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import { intervalPrf, type Prf } from '../../ledger/prf.ts'
import type { KeyStore } from '../store/keys/key-store.ts'

/** SHA-256 by the platform, in the shape the pure rooms ask for. */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')

const blindKeys = new WeakMap<KeyStore, KeyObject>()

function blindKey(keys: KeyStore): KeyObject {
  const known = blindKeys.get(keys) ?? createSecretKey(keys.secret('blind'))
  blindKeys.set(keys, known)
  return known
}

/** The secret that blinds one interval's tree: made from the key store's blinding key, never stored beside the records. */
export function intervalKey(keys: KeyStore, interval: number): Buffer {
  return createHmac('sha256', blindKey(keys)).update(`interval\0${interval}`).digest()
}

export function prfOf(key: Uint8Array): Prf {
  return intervalPrf(key, sha256)
}

/** The salt of one receipt's commitment; its holder gets it with the proof. */
export function saltOf(keys: KeyStore, receipt: string): Buffer {
  return createHmac('sha256', blindKey(keys)).update(`salt\0${receipt}`).digest()
}
