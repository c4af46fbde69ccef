import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const UP = 0x01
const UV = 0x04
const ATTESTED = 0x40

/** CBOR (RFC 8949) of the few kinds an attestation needs: integers from -24 to 23, text, bytes, maps. */
function cbor(value: number | string | Uint8Array | ReadonlyMap<number | string, unknown>): Buffer {
  if (typeof value === 'number') return Buffer.from([value >= 0 ? value : 0x20 | (-1 - value)])
  if (typeof value === 'string') return Buffer.concat([head(0x60, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(0x40, value.length), value])
  const entries = [...value].flatMap(([key, inner]) => [cbor(key), cbor(inner as number)])
  return Buffer.concat([head(0xa0, value.size), ...entries])
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([major | length])
  return length < 256 ? Buffer.from([major | 24, length]) : Buffer.from([major | 25, length >> 8, length & 255])
}

/** A passkey in software that really signs (ES256), for tests: one credential, discoverable, with user verification. */
export class Authenticator {
  readonly id = randomBytes(32)
  readonly #key: KeyObject
  readonly #cose: Buffer
  #owner = ''
  /** Signatures made; tests set it back to play a copied key. */
  counter = 0
  /** Whether it says that its user was verified. */
  verifies = true

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x, y } = publicKey.export({ format: 'jwk' })
    this.#key = privateKey
    this.#cose = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, 'base64url')],
        [-3, Buffer.from(y!, 'base64url')],
      ]),
    )
  }

  /** Answers `navigator.credentials.create`. */
  register(options: { challenge: string; rp: { id?: string }; user: { id: string } }, origin: string) {
    this.#owner = options.user.id
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, this.#cose])
    const authData = Buffer.concat([this.#data(options.rp.id!, ATTESTED), credential])
    const attestation = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    )
    return this.#answer({
      clientDataJSON: client('webauthn.create', options.challenge, origin),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** Answers `navigator.credentials.get`. */
  login(options: { challenge: string; rpId?: string }, origin: string) {
    this.counter++
    const authData = this.#data(options.rpId!, 0)
    const clientDataJSON = client('webauthn.get', options.challenge, origin)
    const signed = Buffer.concat([authData, createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()])
    const signature = sign('sha256', signed, this.#key).toString('base64url')
    return this.#answer({
      clientDataJSON,
      authenticatorData: authData.toString('base64url'),
      signature,
      userHandle: this.#owner,
    })
  }

  #data(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([
      createHash('sha256').update(rpId).digest(),
      Buffer.from([UP | (this.verifies ? UV : 0) | flags]),
      counter,
    ])
  }

  #answer(response: Record<string, unknown>) {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
  }
}

function client(type: string, challenge: string, origin: string): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url')
}
