import { ageSeal } from './age-seal.ts'
import type { LetterKey, PostRefusal } from './letter-store.ts'
import type { MimePart } from './mime-part.ts'
import { pgpSeal } from './pgp-seal.ts'

/** A sealed letter as the body of a message, or why it cannot be sealed. It is never sent in plain instead. */
export type Sealed =
  | { readonly ok: true; readonly part: MimePart }
  | { readonly ok: false; readonly code: Extract<PostRefusal, `mail.key-${string}` | 'mail.no-gpg'>; readonly say: string }

/** Seals a letter's text to its reader's key: PGP/MIME by the gpg program, or an age file with a covering note. */
export async function sealLetter(text: string, key: LetterKey): Promise<Sealed> {
  return key.kind === 'pgp' ? await pgpSeal(text, key.armoured, key.fingerprint) : await ageSeal(text, key.recipient)
}
