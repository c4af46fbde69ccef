import { parseCheckpoint } from '../../ledger/checkpoint.ts'
import { sameBytes } from '../../ledger/hash.ts'
import { parseKey } from '../../ledger/key.ts'
import { sha256 } from '../../ledger/sha256.ts'
import { CHECKPOINT_PATH } from '../../ledger/tile.ts'
import { proofFromTiles, type Reading } from '../../ledger/tile-read.ts'
import { verifyLog } from '../../ledger/verify-log.ts'
import { getBytes } from '../api/request.ts'
import type { Checked } from './check-receipt.ts'
import { keepCheckpoint, keptCheckpoint, keyNote } from './kept.ts'
import { signaturesOf } from './signatures.ts'

const decoder = new TextDecoder()

/**
 * Checks the log's head here: its signature, that its tiles give its root, and that it has grown from the head this browser saw
 * before. Throws NoEd25519 or Unreachable.
 */
export async function checkLog(verifierKey: string): Promise<Checked> {
  const key = parseKey(verifierKey, sha256)
  const bytes = await getBytes(`/ledger/${CHECKPOINT_PATH}`)
  if (!key || !bytes)
    return { ok: false, steps: [{ say: key ? 'There is no checkpoint.' : 'The log’s key is not an Ed25519 key.', ok: false }] }
  const note = decoder.decode(bytes)
  const before = keptCheckpoint()
  // Another log's head (a demo begun anew) is no earlier state of this one.
  const known = before !== null && parseCheckpoint(before)?.origin === parseCheckpoint(note)?.origin ? before : null
  const verifySignature = await signaturesOf(known === null ? [note] : [note, known], [key])
  const report = await walk(
    verifyLog({ keys: [key], verifySignature, sha256, depth: 'head', ...(known === null ? {} : { known }) }),
    bytes,
  )
  if (!report.checkpoint)
    return { ok: false, steps: report.problems.map(({ say, code }) => ({ say: `${say} (${code})`, ok: false })) }
  const { size, root, origin } = report.checkpoint
  const steps = [{ say: `The checkpoint of ${size} entries is signed by ${origin}.`, ok: true }]
  steps.push(await rootFromTiles(size, root))
  if (known !== null) {
    const held = report.problems.length === 0
    const from = parseCheckpoint(known)!.size
    steps.push({
      say: held
        ? `It has grown from the ${from} entries this browser saw before; none was changed.`
        : report.problems.map((problem) => problem.say).join('; '),
      ok: held,
    })
  }
  steps.push(keyNote(verifierKey))
  const ok = steps.every((step) => step.ok)
  if (ok) keepCheckpoint(note)
  return { ok, steps }
}

async function rootFromTiles(size: number, root: Uint8Array): Promise<{ say: string; ok: boolean }> {
  if (size === 0) return { say: 'The log is empty.', ok: true }
  const hashes = await walk(proofFromTiles([{ start: 0, end: size }], size, sha256), null)
  const ok = hashes !== null && sameBytes(hashes[0]!, root)
  return { say: ok ? 'Its tiles, read just now, give the signed root.' : 'Its tiles do not give the signed root.', ok }
}

/** Answers a walk's wishes for static files, the checkpoint with the one already read. */
async function walk<Result>(reading: Reading<Result>, checkpoint: Uint8Array | null): Promise<Result> {
  let step = reading.next()
  while (!step.done) step = reading.next(step.value === CHECKPOINT_PATH ? checkpoint : await getBytes(`/ledger/${step.value}`))
  return step.value
}
