import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { Failure } from '../failure.ts'

/** The key that signs statements; it never enters a sandbox. */
export interface SigningKey {
  readonly id: string
  /** Base64 of the 32 raw bytes. */
  readonly publicKey: string
  readonly privateKey: KeyObject
}

/** The key in that file, made at first use: PKCS#8 PEM, mode 0600. Throws Failure where others can read it or it is no such key. */
export function openKey(path: string): SigningKey {
  const found = read(path) ?? make(path)
  try {
    const privateKey = createPrivateKey(found)
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('it is no Ed25519 key')
    const raw = rawPublic(createPublicKey(privateKey))
    return { id: keyId(raw), publicKey: raw.toString('base64'), privateKey }
  } catch (error) {
    throw new Failure('key.unusable', `The signing key cannot be used: ${(error as Error).message}.`, { where: path })
  }
}

/** The 32 bytes of an Ed25519 public key. */
export function rawPublic(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
}

/** The name of a key in signatures: hex of the first 16 bytes of SHA-256 over the raw public key. */
export function keyId(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest().subarray(0, 16).toString('hex')
}

function read(path: string): string | null {
  const is = statSync(path, { throwIfNoEntry: false })
  if (is === undefined) return null
  if ((is.mode & 0o077) !== 0)
    throw new Failure('key.open-to-others', 'Others can read the signing key.', { where: path, mend: `chmod 600 '${path}'` })
  return readFileSync(path, 'utf8')
}

/** Of several processes that come first at once, all use the key of the one whose link was made. */
function make(path: string): string {
  const draft = `${path}.${process.pid}`
  rmSync(draft, { force: true })
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  const file = openSync(draft, 'wx', 0o600)
  writeSync(file, pem.toString())
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(path, 'utf8')
}
