import { hashFromBase64, toBase64 } from './base64.ts'
import { HASH_BYTES } from './hash.ts'
import { isKeyName, type NoteKey } from './key.ts'
import { type Note, type NoteError, type NoteSigner, parseNote, signNote, type VerifySignature, verifyNote } from './note.ts'
import { type Failed, fail } from './outcome.ts'
import { isSize } from './tree.ts'

/** What a log says of itself: who it is, how many leaves it has, and their root. C2SP tlog-checkpoint, "Note text". */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** A checkpoint as it was read, not yet believed. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note
}

export type CheckpointError = NoteError | 'checkpoint.form' | 'checkpoint.origin'

/** The text that is signed: origin, size and root, a line each. Throws RangeError on values a checkpoint cannot carry. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw new RangeError('an origin has no spaces, no plus and 1 to 255 characters')
  if (!isSize(size) || root.length !== HASH_BYTES) throw new RangeError('a checkpoint has a whole size and a root of 32 bytes')
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** A signed checkpoint; the log signs first, under a key named as its origin. C2SP tlog-checkpoint, "Signatures". */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  const text = checkpointText(checkpoint)
  if (signers[0]?.key.name !== checkpoint.origin) throw new RangeError('the first signer is the log itself')
  return signNote(text, signers)
}

/** Reads a checkpoint with its signatures unchecked; null unless well formed. Hostile. Other logs' extension lines are kept. */
export function parseCheckpoint(text: string): SignedCheckpoint | null {
  const note = parseNote(text)
  const lines = note?.text.slice(0, -1).split('\n') ?? []
  if (!note || lines.length < 3 || lines.includes('')) return null
  const [origin, digits, root64] = lines as [string, string, string]
  const size = /^(0|[1-9]\d{0,15})$/.test(digits) ? Number(digits) : -1
  const root = hashFromBase64(root64)
  return isSize(size) && root ? { origin, size, root, note } : null
}

/** Whose word is taken for a checkpoint. */
export interface Trust {
  readonly keys: readonly NoteKey[]
  /** The origin it must have; where left out, the name of a trusted key that signed it. */
  readonly origin?: string
  readonly verifySignature: VerifySignature
}

/** A checkpoint that was signed by its log, or why it is not believed. The log's own key bears the log's origin as name. */
export function openCheckpoint(
  text: string,
  { keys, origin, verifySignature }: Trust,
): { readonly ok: true; readonly checkpoint: SignedCheckpoint } | Failed<CheckpointError> {
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint) return fail('checkpoint.form', 'this is not a signed checkpoint')
  if (origin !== undefined && checkpoint.origin !== origin) {
    return fail('checkpoint.origin', 'the checkpoint is of another log')
  }
  const own = keys.filter((key) => key.name === checkpoint.origin)
  const signed = verifyNote(checkpoint.note, own, verifySignature)
  return signed.ok ? { ok: true, checkpoint } : signed
}
