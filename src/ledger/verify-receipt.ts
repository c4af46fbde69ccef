import { type Checkpoint, type CheckpointError, openCheckpoint, type Trust } from './checkpoint.ts'
import { commit } from './commitment.ts'
import { leafHash, type Sha256, sameBytes } from './hash.ts'
import { intervalRoot } from './interval-tree.ts'
import { encodeLeaf } from './leaf.ts'
import { type Failed, fail } from './outcome.ts'
import { verifyInclusion } from './proof.ts'
import { parseReceipt, type Receipt } from './receipt.ts'

export type ReceiptError =
  | 'receipt.shape' // not a receipt
  | 'receipt.version' // a receipt of a later kind
  | 'receipt.commitment' // statement or salt are not what was committed to
  | 'receipt.inclusion' // the two paths do not lead from the commitment to the checkpoint's root
  | CheckpointError // the checkpoint is not a signed one of a trusted log

export interface ReceiptTrust extends Trust {
  readonly sha256: Sha256
}

export type VerifiedReceipt =
  | { readonly ok: true; readonly receipt: Receipt; readonly checkpoint: Checkpoint }
  | Failed<ReceiptError>

/** Walks a receipt (parsed JSON, hostile) from statement to signature: commitment, interval, leaf, log, checkpoint. */
export function verifyReceipt(json: unknown, trust: ReceiptTrust): VerifiedReceipt {
  const { sha256 } = trust
  const receipt = parseReceipt(json)
  if (receipt === 'shape') return fail('receipt.shape', 'this is not a receipt')
  if (receipt === 'version') return fail('receipt.version', 'this receipt is of a version not known here')
  const commitment = commit(receipt.statement, receipt.salt, sha256)
  if (!commitment || !sameBytes(commitment, receipt.commitment)) {
    return fail('receipt.commitment', 'the statement or its salt was changed: they do not give the commitment')
  }
  const opened = openCheckpoint(receipt.checkpoint, trust)
  if (!opened.ok) return opened
  const { checkpoint } = opened
  const root = intervalRoot(commitment, receipt.position, receipt.innerPath, sha256)
  if (!root) return fail('receipt.shape', 'the inner path has another length or place than any interval')
  const leaf = leafHash(encodeLeaf({ ...receipt.interval, root }), sha256)
  const included = verifyInclusion(leaf, receipt.leafIndex, checkpoint.size, receipt.outerPath, checkpoint.root, sha256)
  if (!included.ok) return fail('receipt.inclusion', `the receipt does not lead to the checkpoint: ${included.say}`)
  const { origin, size } = checkpoint
  return { ok: true, receipt, checkpoint: { origin, size, root: checkpoint.root } }
}
