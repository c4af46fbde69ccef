import { createPrivateKey, createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../../../core/kernel/id.ts'
import { isKeyName } from '../../../ledger/key.ts'
import { createFile, replaceFile } from '../disk/durable.ts'
import { KeysDamaged, type SigningKey } from './key-store.ts'

// PKCS #8 of an Ed25519 seed: RFC 8410, section 7.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export interface SigningFile {
  readonly current: () => SigningKey
  readonly renew: (origin: string) => SigningKey
}

/** The ledger's key in `signing.json`, made at the first start; keys it had before stay as `signing-<n>.json`. */
export function signingFile(home: string, random: Random, origin?: string): SigningFile {
  const path = join(home, 'signing.json')
  const make = (name: string): Buffer => {
    if (!isKeyName(name)) throw new RangeError('an origin has no spaces, no plus and 1 to 255 characters')
    return Buffer.from(JSON.stringify({ version: 1, origin: name, seed: Buffer.from(random(32)).toString('hex') }))
  }
  if (!existsSync(path)) createFile(path, make(origin ?? `weir.invalid/${Buffer.from(random(8)).toString('hex')}`))
  let key = readSigning(path)
  return {
    current: () => key,
    renew(next) {
      if (next === key.origin) throw new RangeError('this origin has signed another history; choose one that was never used')
      const fresh = make(next)
      let n = 1
      while (existsSync(join(home, `signing-${n}.json`))) n++
      createFile(join(home, `signing-${n}.json`), readFileSync(path))
      replaceFile(path, fresh)
      key = readSigning(path)
      return key
    },
  }
}

function readSigning(path: string): SigningKey {
  try {
    const { version, origin, seed } = JSON.parse(readFileSync(path, 'utf8')) as {
      version: unknown
      origin: string
      seed: string
    }
    if (version === 1 && typeof origin === 'string' && isKeyName(origin) && /^[0-9a-f]{64}$/.test(seed))
      return signingKeyOf(origin, Buffer.from(seed, 'hex'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new KeysDamaged(`${path} is damaged; bring the key folder back from its own copy`)
}

/** The Ed25519 key of a 32-byte seed. */
export function signingKeyOf(origin: string, seed: Buffer): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { origin, privateKey, publicKey: spki.subarray(spki.length - 32) }
}
