import { hash } from 'node:crypto'
import { toBase64 } from '../../../ledger/base64.ts'
import type { KeyStore } from '../../store/keys/key-store.ts'
import { signStatement } from '../docket/receipt.ts'

/** `signature.json` of a bundle: Ed25519 with the instance's key over a statement that names the digest of `digests.json`. */
export function signatureFile(keys: KeyStore, digests: string): string {
  const { origin, publicKey } = keys.signingKey()
  const statement = { type: 'weir/bundle/1', digest: hash('sha256', digests, 'hex') }
  return `${JSON.stringify({ ...statement, origin, publicKey: toBase64(publicKey), sig: signStatement(keys, statement) })}\n`
}
