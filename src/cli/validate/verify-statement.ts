import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pae } from '../../core/validation/signed/pae.ts'
import { readEnvelope, readStatement } from '../../core/validation/signed/read-envelope.ts'
import type { Envelope, ValidationStatement } from '../../core/validation/statement.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'

const MOST = 128 << 20
/** Before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

export interface Verified {
  readonly statement: ValidationStatement
  readonly key: string
}

/** Reads an envelope and its statement out of a file; throws Stop where it is none. */
export function openStatement(path: string): {
  readonly envelope: Envelope
  readonly payload: Buffer
  readonly statement: ValidationStatement
} {
  let value: unknown = null
  try {
    if (statSync(path).size <= MOST) value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Stop(EXIT.badInput, `${inert(path)} cannot be read: ${inert((error as Error).message)}`)
  }
  const envelope = readEnvelope(value)
  const payload = Buffer.from(envelope?.payload ?? '', 'base64')
  const statement = envelope === null ? null : readStatement(payload)
  if (envelope === null || statement === null) throw new Stop(EXIT.badInput, `${inert(path)} is no statement of a validation.`)
  return { envelope, payload, statement }
}

/** The id of the key whose signature holds; null where none of the envelope's is a good one by that key. */
export function signedBy(envelope: Envelope, payload: Uint8Array, key: KeyObject): string | null {
  const id = keyId(key)
  const bytes = pae(envelope.payloadType, payload)
  const good = envelope.signatures.some(({ sig }) => verify(null, bytes, key, Buffer.from(sig, 'base64')))
  return good ? id : null
}

/** A public key out of a PEM file or a line of base64 (32 raw bytes); throws Stop where it is none. */
export function publicKey(path: string): KeyObject {
  try {
    const text = readFileSync(path, 'utf8').trim()
    const key = text.includes('-----BEGIN')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(text, 'base64')]), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Told below: whatever is wrong with it, it is no such key.
  }
  throw new Stop(
    EXIT.badInput,
    `${inert(path)} holds no Ed25519 public key.`,
    'A PEM file, or the base64 that weir validate check shows.',
  )
}

/** The key of this machine's own runner; null where it has none yet. */
export function ownKey(state: string): KeyObject | null {
  const path = join(state, 'statement.key')
  return existsSync(path) ? createPublicKey(readFileSync(path)) : null
}

/** The name of a key in signatures: hex of the first 16 bytes of SHA-256 over the raw key. */
export function keyId(key: KeyObject): string {
  const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
  return createHash('sha256').update(raw).digest().subarray(0, 16).toString('hex')
}
