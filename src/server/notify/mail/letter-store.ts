import type { Instant } from '../../../core/kernel/instant.ts'

/** The key on file for a reader; a letter to somebody with a key never leaves in plain. */
export type LetterKey =
  | { readonly kind: 'pgp'; readonly armoured: Uint8Array; readonly fingerprint: string }
  | { readonly kind: 'age'; readonly recipient: string }

/** A letter as it waits to be sent. Everything that ends in the message is fixed here, so that a repeat is the same message. */
export interface OutLetter {
  readonly id: string
  /** Names this claim; what a later claim of another process did makes it worthless. */
  readonly lease: string
  /** Attempts before this one. */
  readonly attempts: number
  /** When a server first put it off; null before. An outage does not count: it is not the letter's time that runs then. */
  readonly putOffSince: Instant | null
  /** `<opaque@domain>`, made with the letter and never again. */
  readonly messageId: string
  readonly date: Instant
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo: string
  /** Where bounces go: an opaque address of the mailbox. */
  readonly returnPath: string
  readonly to: string
  readonly subject: string
  /** Line feeds between lines. */
  readonly text: string
  readonly key: LetterKey | null
}

/**
 * Where letters are kept. States: waiting → claimed → handing → sent, or back to waiting, or refused, or unsure.
 *
 * A claim whose lease is over goes back to *waiting* where it was only claimed: nothing of it reached the server whole. Where it was
 * *handing*, the server may have the message; it becomes *unsure*, and a person decides. `sent` is taken from *unsure* too, for an
 * answer that came late.
 */
export interface LetterStore {
  /** Letters due at `now`, at most `n`, each claimed under a fresh lease. */
  claim(now: Instant, n: number): Promise<OutLetter[]>
  /** Marks the point of no return, durably; false where the lease is not the letter's any more, and then nothing may be sent. */
  handing(id: string, lease: string, now: Instant): Promise<boolean>
  sent(id: string, lease: string, messageId: string, answer: string): Promise<void>
  failed(id: string, lease: string, retryAt: Instant, why: string, putOffSince: Instant | null): Promise<void>
  refused(id: string, lease: string, why: PostRefusal, say: string): Promise<void>
  unsure(id: string, lease: string, why: string): Promise<void>
}

/** Why a letter is not tried again by itself. */
export const POST_REFUSALS = {
  'mail.address-malformed': 'The address of this letter is not one that mail can be sent to.',
  'mail.bounced': 'The mail server refused this letter for good.',
  'mail.gave-up': 'The mail server put this letter off for five days.',
  'mail.key-unusable': 'The reader’s key cannot be used, and a letter to somebody with a key is not sent in plain.',
  'mail.key-other': 'The key on file is another one than its fingerprint says.',
  'mail.no-gpg': 'The reader’s key needs the gpg program, which is not installed here.',
} as const

export type PostRefusal = keyof typeof POST_REFUSALS
