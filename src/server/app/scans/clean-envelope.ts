import { createPublicKey, sign, verify } from 'node:crypto'
import type { CertificateOut } from '../../../contract/shapes/scan.ts'
import { type CleanScanStatement, PAYLOAD_TYPE } from '../../../core/scans/clean-scan.ts'
import { canonicalJson } from '../../../core/validation/signed/canonical.ts'
import { pae } from '../../../core/validation/signed/pae.ts'
import { sha256 } from '../../ledger/secrets.ts'
import type { SigningKey } from '../../store/keys/key-store.ts'

export type CleanEnvelope = CertificateOut['envelope']

export interface Signed {
  readonly envelope: CleanEnvelope
  readonly payload: Buffer
  readonly publicKey: Buffer
}

/** The statement in a DSSE envelope signed by the ledger's key. What a checkpoint signs begins otherwise: neither is the other. */
export function signHere(statement: CleanScanStatement, { privateKey, publicKey }: SigningKey): Signed {
  const payload = Buffer.from(canonicalJson(statement))
  const sig = sign(null, pae(PAYLOAD_TYPE, payload), privateKey).toString('base64')
  const keyid = keyIdOf(publicKey)
  return {
    envelope: { payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures: [{ keyid, sig }] },
    payload,
    publicKey,
  }
}

// RFC 8410: the ASN.1 in front of the 32 bytes of an Ed25519 public key.
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** What an organisation signed itself, with the value in it; null where the key has not signed it. Hostile: bounded by its shape. */
export function openSigned(envelope: CleanEnvelope, key: string): (Signed & { readonly value: unknown }) | null {
  const publicKey = Buffer.from(key, 'base64')
  const payload = Buffer.from(envelope.payload, 'base64')
  // One form of each: another spelling of the same base64 would be another envelope with the same digest.
  if (publicKey.length !== 32 || envelope.payloadType !== PAYLOAD_TYPE) return null
  if (publicKey.toString('base64') !== key || payload.toString('base64') !== envelope.payload) return null
  const keyid = keyIdOf(publicKey)
  const own = envelope.signatures.filter((one) => one.keyid === keyid)
  try {
    const verifier = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
    const bytes = pae(PAYLOAD_TYPE, payload)
    const good = own.find(({ sig }) => verify(null, bytes, verifier, Buffer.from(sig, 'base64')))
    if (good === undefined) return null
    // Only the signature that was checked is kept.
    const kept = { keyid, sig: Buffer.from(good.sig, 'base64').toString('base64') }
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return { envelope: { ...envelope, signatures: [kept] }, payload, publicKey, value }
  } catch {
    return null
  }
}

/** SHA-256 of the 32 bytes of the key, in hex. */
function keyIdOf(publicKey: Buffer): string {
  return Buffer.from(sha256(publicKey)).toString('hex')
}
