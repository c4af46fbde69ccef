import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { Disk } from './disk.ts'

/** Identities that were told and that no docket's key is sealed to yet; beyond that the oldest is given up. */
const MOST_WAITING = 64
const LONGEST_KEY = 8192
const FILE = /^identity-(\d{6,12})\.age-key$/

/**
 * The age identities that keys are sealed to. Each asking is told a fresh one, so that as a rule a docket has its own: with that
 * destroyed, no copy of the sealed key can be opened, wherever it lies.
 */
export class Identities {
  readonly #disk: Disk
  readonly #random: (length: number) => Uint8Array
  readonly #isBound: (identity: string) => boolean

  constructor(disk: Disk, random: (length: number) => Uint8Array, isBound: (identity: string) => boolean) {
    this.#disk = disk
    this.#random = random
    this.#isBound = isBound
  }

  /** Makes the first one where there is none. */
  async begin(): Promise<void> {
    if (this.#names().length === 0) await this.offer()
  }

  /** A fresh identity's recipient. */
  async offer(): Promise<string> {
    const secret = await generateX25519Identity()
    const names = this.#names()
    const number = Number(FILE.exec(names.at(-1) ?? '')?.[1] ?? 0) + 1
    this.#disk.replace(`identity-${String(number).padStart(6, '0')}.age-key`, Buffer.from(secret))
    const waiting = names.filter((name) => !this.#isBound(name))
    for (const name of waiting.slice(0, Math.max(0, waiting.length + 1 - MOST_WAITING))) this.destroy(name)
    return await identityToRecipient(secret)
  }

  /** Opens a sealed key with whichever identity does; null where none does, or where what is in it can be no key. */
  async find(sealed: Uint8Array): Promise<{ readonly identity: string; readonly key: string } | null> {
    for (const identity of this.#names().reverse()) {
      const key = await this.open(sealed, identity)
      if (key !== null) return { identity, key }
    }
    return null
  }

  /** Opens a sealed key with one identity, into memory only; null where it cannot be. Never throws what was in it. */
  async open(sealed: Uint8Array, identity: string): Promise<string | null> {
    const secret = this.#disk.read(identity)
    if (secret === null) return null
    try {
      const decrypter = new Decrypter()
      decrypter.addIdentity(Buffer.from(secret).toString('latin1'))
      const bytes = await decrypter.decrypt(sealed)
      const key = bytes.length <= LONGEST_KEY ? Buffer.from(bytes).toString('latin1').trim() : ''
      bytes.fill(0)
      return /^[\x21-\x7e]+$/.test(key) ? key : null
    } catch {
      return null
    } finally {
      secret.fill(0)
    }
  }

  /** Destroys an identity; what was sealed to it can be opened no more. */
  destroy(identity: string): void {
    if (FILE.test(identity)) this.#disk.destroy(identity, this.#random)
  }

  #names(): string[] {
    return this.#disk
      .names()
      .filter((name) => FILE.test(name))
      .sort()
  }
}
