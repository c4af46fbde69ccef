import { generateKeyPairSync } from 'node:crypto'

/**
 * The public key that an unknown passkey is checked against, so that a known and an unknown one cost the same. Its private half
 * is thrown away. COSE (RFC 9053): key type EC2, algorithm ES256, curve P-256.
 */
export const DECOY_KEY: Uint8Array<ArrayBuffer> = coseKey()

function coseKey(): Uint8Array<ArrayBuffer> {
  const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]
  return new Uint8Array([...head, ...Buffer.from(x!, 'base64url'), 0x22, 0x58, 0x20, ...Buffer.from(y!, 'base64url')])
}
