import { fromBase64, toBase64 } from './base64.ts'
import type { Sha256 } from './hash.ts'

/** An Ed25519 key that may sign notes under a name. C2SP signed-note, "Signatures". */
export interface NoteKey {
  readonly name: string
  /** Four bytes that, with the name, say which key a signature line means. */
  readonly id: Uint8Array
  readonly publicKey: Uint8Array
}

/** Signature type of plain Ed25519. C2SP signed-note, "Signature types". */
const ED25519 = 0x01
const LONGEST_NAME = 255

/** Whether a text can name a key: 1 to 255 characters, no space of any kind, no plus, no control character. */
export function isKeyName(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_NAME && !/[\s+\u0000-\u001f\u007f-\u009f]/u.test(text) && text.isWellFormed()
}

/** The key with its id, SHA-256(name || 0x0A || 0x01 || key)[:4]. Throws RangeError on a bad name or a key without 32 bytes. */
export function noteKey(name: string, publicKey: Uint8Array, sha256: Sha256): NoteKey {
  if (!isKeyName(name)) throw new RangeError('a key name has no spaces, no plus and 1 to 255 characters')
  if (publicKey.length !== 32) throw new RangeError(`an Ed25519 public key has 32 bytes, not ${publicKey.length}`)
  return { name, publicKey, id: sha256(keyIdInput(name, publicKey)).slice(0, 4) }
}

/** `name+<id in hex>+<base64 of 0x01 and the key>`: how a log's key is handed to those who verify. */
export function formatKey(key: NoteKey): string {
  const typed = new Uint8Array([ED25519, ...key.publicKey])
  const id = Array.from(key.id, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${key.name}+${id}+${toBase64(typed)}`
}

/** Reads a verifier key; null unless it is an Ed25519 one whose id is the one its name and key give. Hostile. */
export function parseKey(text: string, sha256: Sha256): NoteKey | null {
  if (text.length > LONGEST_NAME + 54) return null
  const first = text.indexOf('+')
  const second = text.indexOf('+', first + 1)
  if (first < 0 || second < 0) return null
  const name = text.slice(0, first)
  const typed = fromBase64(text.slice(second + 1))
  if (!isKeyName(name) || typed?.length !== 33 || typed[0] !== ED25519) return null
  const key = noteKey(name, typed.slice(1), sha256)
  return formatKey(key) === text ? key : null
}

function keyIdInput(name: string, publicKey: Uint8Array): Uint8Array {
  const named = new TextEncoder().encode(name)
  const input = new Uint8Array(named.length + 2 + publicKey.length)
  input.set(named)
  input[named.length] = 0x0a
  input[named.length + 1] = ED25519
  input.set(publicKey, named.length + 2)
  return input
}
