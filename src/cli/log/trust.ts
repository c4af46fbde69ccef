import { createHash, createPublicKey, verify } from 'node:crypto'
import { type NoteKey, parseKey } from '../../ledger/key.ts'
import { EXIT, Stop } from '../exit.ts'

/** SHA-256 by the engine. */
export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())

// RFC 8410 §4: an Ed25519 public key as SubjectPublicKeyInfo is this head and the 32 bytes.
const HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** Whether an Ed25519 signature is that key's. RFC 8032. Hostile: a key that is none verifies nothing. */
export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([HEAD, publicKey]), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}

/** A verifier key that a person gave; throws Stop when it is none. */
export function givenKey(text: string): NoteKey {
  const key = parseKey(text.trim(), sha256)
  if (key !== null) return key
  throw new Stop(
    EXIT.badInput,
    'That is not a verifier key.',
    'It reads name+8 hex digits+base64, as weir ledger status and the public page show it.',
  )
}
