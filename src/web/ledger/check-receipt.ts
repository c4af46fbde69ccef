import { parseKey } from '../../ledger/key.ts'
import { parseReceipt } from '../../ledger/receipt.ts'
import { sha256 } from '../../ledger/sha256.ts'
import { verifyReceipt } from '../../ledger/verify-receipt.ts'
import { client } from '../api/client.ts'
import { tallyQuery } from '../api/queries.ts'
import { getJson } from '../api/request.ts'
import { keyNote } from './kept.ts'
import { signaturesOf } from './signatures.ts'

export interface Checked {
  readonly ok: boolean
  /** What was checked, in order, each with whether it held. */
  readonly steps: readonly { readonly say: string; readonly ok: boolean }[]
}

/** The proof of a receipt as the server gives it. */
export function fetchProof(receipt: string): Promise<unknown> {
  return getJson(`/v1/receipts/${encodeURIComponent(receipt)}/proof`)
}

/** Checks a proof here: commitment, both paths, the checkpoint's signature. Throws NoEd25519, Refused or Unreachable. */
export async function checkReceipt(proof: unknown): Promise<Checked> {
  const tally = await client.fetchQuery(tallyQuery)
  const key = parseKey(tally.ledger.key, sha256)
  const receipt = parseReceipt(proof)
  if (typeof receipt === 'string')
    return { ok: false, steps: [{ say: 'What the server gave is not a receipt this page knows.', ok: false }] }
  if (!key) return { ok: false, steps: [{ say: 'The log’s key is not an Ed25519 key.', ok: false }] }
  const verifySignature = await signaturesOf([receipt.checkpoint], [key])
  const verified = verifyReceipt(proof, { keys: [key], verifySignature, sha256 })
  if (!verified.ok) return { ok: false, steps: [{ say: `${verified.say} (${verified.code})`, ok: false }] }
  const { checkpoint } = verified
  return {
    ok: true,
    steps: [
      { say: 'The statement and its salt give the commitment.', ok: true },
      { say: `The inner path leads to leaf ${receipt.leafIndex}.`, ok: true },
      { say: `The outer path leads to the root of ${checkpoint.size} leaves.`, ok: true },
      { say: `The checkpoint is signed by ${checkpoint.origin}.`, ok: true },
      keyNote(tally.ledger.key),
    ],
  }
}
