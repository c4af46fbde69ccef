import { sign } from 'node:crypto'
import { canonicalJson } from '../../core/validation/signed/canonical.ts'
import { pae } from '../../core/validation/signed/pae.ts'
import { type Envelope, PAYLOAD_TYPE, type ValidationStatement } from '../../core/validation/statement.ts'
import type { SigningKey } from './key.ts'

/** A statement in its DSSE envelope, signed with Ed25519 over the pre-authentication encoding (DSSE v1). */
export function signStatement(statement: ValidationStatement, key: SigningKey): Envelope {
  const payload = Buffer.from(canonicalJson(statement))
  const sig = sign(null, pae(PAYLOAD_TYPE, payload), key.privateKey).toString('base64')
  return { payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures: [{ keyid: key.id, sig }] }
}
