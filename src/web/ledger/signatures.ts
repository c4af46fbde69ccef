import { parseCheckpoint } from '../../ledger/checkpoint.ts'
import type { NoteKey } from '../../ledger/key.ts'
import { type SignatureCheck, signatureChecks, type VerifySignature } from '../../ledger/note.ts'

/** What the browser cannot do, said before a check that would need it. */
export class NoEd25519 extends Error {
  constructor() {
    super('This browser cannot check Ed25519 signatures on this page. The command line can: weir ledger verify')
    this.name = 'NoEd25519'
  }
}

/**
 * Browsers verify by promise, the ledger's rules at once: every signature of those checkpoints is checked beforehand and looked
 * up afterwards. What was not checked beforehand counts as wrong. Throws NoEd25519.
 */
export async function signaturesOf(checkpoints: readonly string[], keys: readonly NoteKey[]): Promise<VerifySignature> {
  const good = new Set<string>()
  for (const text of checkpoints) {
    const checkpoint = parseCheckpoint(text)
    if (!checkpoint) continue
    for (const check of signatureChecks(checkpoint.note, keys)) if (await holds(check)) good.add(nameOf(check))
  }
  return (publicKey, message, signature) => good.has(nameOf({ publicKey, message, signature }))
}

async function holds({ publicKey, message, signature }: SignatureCheck): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey as Uint8Array<ArrayBuffer>, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, signature as Uint8Array<ArrayBuffer>, message as Uint8Array<ArrayBuffer>)
  } catch {
    throw new NoEd25519()
  }
}

const nameOf = ({ publicKey, message, signature }: SignatureCheck): string =>
  [publicKey, message, signature].map((bytes) => bytes.join(',')).join(';')
