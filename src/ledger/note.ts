import { fromBase64, toBase64 } from './base64.ts'
import { sameBytes } from './hash.ts'
import { isKeyName, type NoteKey } from './key.ts'
import { fail, HELD, type Outcome } from './outcome.ts'

/** A text and the signatures below it. C2SP signed-note, "Format". */
export interface Note {
  /** With its last newline: the bytes that are signed. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  readonly name: string
  readonly id: Uint8Array
  readonly signature: Uint8Array
}

/** Whether an Ed25519 signature over a message is that key's. RFC 8032. Passed in. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** Signs a message as the key it belongs to: 64 bytes. Passed in; the secret never comes here. */
export interface NoteSigner {
  readonly key: NoteKey
  readonly sign: (message: Uint8Array) => Uint8Array
}

export type NoteError = 'note.unknown-key' | 'note.signature'

const MAX_CHARS = 1 << 17
const MAX_SIGNATURES = 64
const LINE = /^— ([^ ]{1,255}) ([A-Za-z0-9+/]{8,16384}={0,2})$/

/** Reads a signed note; null unless it is well formed. Hostile: 128 Ki characters, 64 signatures, no control characters. */
export function parseNote(note: string): Note | null {
  if (note.length > MAX_CHARS || !note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return null
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n')) return null
  const lines = note.slice(cut + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return null
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const found = LINE.exec(line)
    const bytes = found && isKeyName(found[1]!) ? fromBase64(found[2]!) : null
    if (!found || !bytes || bytes.length < 5) return null
    signatures.push({ name: found[1]!, id: bytes.slice(0, 4), signature: bytes.slice(4) })
  }
  return { text: note.slice(0, cut + 1), signatures }
}

/** A text, which ends in a newline, signed by those signers in that order. Throws RangeError on a text no note can carry. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || !text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text)) {
    throw new RangeError('the text of a note ends in a newline and has no control characters')
  }
  if (signers.length === 0) throw new RangeError('a note has at least one signature')
  const message = new TextEncoder().encode(text)
  const lines = signers.map(({ key, sign }) => `— ${key.name} ${toBase64(new Uint8Array([...key.id, ...sign(message)]))}\n`)
  return `${text}\n${lines.join('')}`
}

/** One signature check to be made: for engines that verify only by promise, who look the answers up afterwards. */
export interface SignatureCheck {
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** The checks that `verifyNote` will make with those keys. */
export function signatureChecks(note: Note, keys: readonly NoteKey[]): SignatureCheck[] {
  const message = new TextEncoder().encode(note.text)
  return note.signatures.flatMap(({ name, id, signature }) =>
    keys
      .filter((key) => key.name === name && sameBytes(key.id, id))
      .map(({ publicKey }) => ({ publicKey, message, signature })),
  )
}

/** A verifier that looks up answers had beforehand: `results[n]` is the one to `checks[n]`; what was not asked does not hold. */
export function verifyFrom(checks: readonly SignatureCheck[], results: readonly boolean[]): VerifySignature {
  return (publicKey, message, signature) =>
    checks.some(
      (check, n) =>
        results[n] === true &&
        sameBytes(check.publicKey, publicKey) &&
        sameBytes(check.message, message) &&
        sameBytes(check.signature, signature),
    )
}

/** Holds when a known key signed and every signature of a known key is right; unknown keys are passed over. C2SP signed-note. */
export function verifyNote(note: Note, keys: readonly NoteKey[], verifySignature: VerifySignature): Outcome<NoteError> {
  const checks = signatureChecks(note, keys)
  if (checks.length === 0) return fail('note.unknown-key', 'no signature is by a key that is trusted here')
  const wrong = checks.some((c) => c.signature.length !== 64 || !verifySignature(c.publicKey, c.message, c.signature))
  return wrong ? fail('note.signature', 'a signature by a trusted key does not fit the text') : HELD
}
