import { createHmac } from 'node:crypto'
import type { Random } from '../../core/kernel/id.ts'
import type { KeyStore } from '../store/keys/key-store.ts'

/** A secret for a person or machine to hold: 240 random bits, with a prefix that secret scanners can find. */
export function newSecret(kind: 'session' | 'token' | 'invite' | 'recovery', random: Random): string {
  return `weir_${kind[0]}_${Buffer.from(random(30)).toString('base64url')}`
}

/** What is stored of a secret: a keyed digest, so that a stolen database holds nothing to sign in with or to guess against. */
export function secretDigest(keys: KeyStore, secret: string): Buffer {
  return createHmac('sha256', keys.secret('sign-in')).update(secret).digest()
}
