import { createHash, createHmac } from 'node:crypto'
import { intervalPrf, type Prf } from '../../ledger/prf.ts'
import type { KeyStore } from '../store/keys/key-store.ts'

/** SHA-256 by the platform, in the shape the pure rooms ask for. */
export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** The secret that blinds one interval's tree: made from the key store's blinding key, never stored beside the records. */
export function prfOfInterval(keys: KeyStore, interval: number): Prf {
  return intervalPrf(createHmac('sha256', keys.secret('blind')).update(`interval\0${interval}`).digest(), sha256)
}

/** The salt of one receipt's commitment; its holder gets it with the proof. */
export function saltOf(keys: KeyStore, receipt: string): Buffer {
  return createHmac('sha256', keys.secret('blind')).update(`salt\0${receipt}`).digest()
}
