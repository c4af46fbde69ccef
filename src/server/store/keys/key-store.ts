import type { KeyObject } from 'node:crypto'
import type { Head } from '../../../ledger/head.ts'

/** One key-encryption key. Its slot is what rows keep; slots count from 1 and are never used twice. */
export interface DataKey {
  readonly slot: number
  /** 32 bytes. */
  readonly key: Buffer
}

/** The ledger's signing key and the origin it signs as. */
export interface SigningKey {
  readonly origin: string
  readonly privateKey: KeyObject
  /** 32 bytes, as RFC 8032 writes an Ed25519 public key. */
  readonly publicKey: Buffer
}

/** The newest signed head of the ledger, kept where neither database nor backup reaches. */
export interface HeadKeeper {
  read(): Head | null
  /** Moves the head durably when it still is `expected`; false, and no change, when it is not. */
  swap(expected: Head | null, next: Head): Promise<boolean>
}

/** Where keys live: outside PostgreSQL and outside backups, so that a stolen one of either opens nothing. */
export interface KeyStore {
  /** `count` fresh keys, durable before the promise resolves. */
  allocate(count: number): Promise<DataKey[]>
  /** The keys of those slots in that order; null where a key was erased or never was. Throws KeysDamaged on a bad record. */
  get(slots: readonly number[]): (Buffer | null)[]
  /** Destroys keys for good; resolves when they would stay destroyed after a power cut. Unknown slots are passed over. */
  erase(slots: readonly number[]): Promise<void>
  /** 32 bytes that belong to that name (lower case, digits, hyphens), made durably at first use. */
  secret(name: string): Buffer
  signingKey(): SigningKey
  /** Puts a fresh signing key under a new origin in the place of the old one, which stays on file and never signs again. */
  renewSigningKey(origin: string): SigningKey
  readonly head: HeadKeeper
  close(): Promise<void>
}

/** The store cannot be used as it is: wrong permissions, wrong version, bad checksum. The message says what to do. */
export class KeysDamaged extends Error {
  override name = 'KeysDamaged'
}
