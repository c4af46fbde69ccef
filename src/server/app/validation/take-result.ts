import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { JobResult, JobTaken } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentJob } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import { onePiece } from '../../store/blobs/pieces.ts'
import { putBlob } from '../../store/blobs/sealed-blob.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type Checked, checkStatement } from './check-statement.ts'
import { endWithout, endWords, giveBack } from './end-validation.ts'
import { heldJob } from './held-job.ts'
import { markFindings } from './mark-findings.ts'
import { parseOutcome } from './outcome-shape.ts'
import { outcomeWords } from './outcome-words.ts'
import { recordValidation } from './record-validation.ts'
import type { Product, StoredProof, StoredResult } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

type Result = z.infer<typeof JobResult>
type Done = { readonly outcome: NonNullable<StoredResult['outcome']>; readonly checked: Extract<Checked, { ok: true }> }

const LARGEST_PRODUCT = 8 << 20

/**
 * Takes the end of a job from whoever holds its lease, once. What was proved, what that changes and the commitment of the statement
 * to the ledger are stored together or not at all. The same sent again under the same lease is answered alike and changes nothing;
 * under a lease that was lost nothing is taken.
 */
export async function takeResult(
  desk: ValidationDesk,
  who: Principal,
  job: string,
  posted: Result,
): Promise<Answer<Presented<JobTaken>>> {
  const ground = await inTransaction(desk.store, 'all', async (tx) => await groundOf(desk, tx, job, posted.lease))
  if (ground === null) return await answer(who, await endedUnder(desk, job, posted.lease))
  const { end } = posted
  let good: Done | null = null
  if (end.how === 'done') {
    const parsed = parseOutcome(end.outcome)
    if (!parsed.ok) return denied('request.invalid', 'That is no outcome.', `/end/outcome${parsed.where}`)
    const checked = checkStatement(end.envelope, ground.publicKey, ground.stored.proof, parsed.outcome)
    if (!checked.ok) return denied('job.statement-refused', checked.say)
    good = { outcome: parsed.outcome, checked }
  }
  const products = await putProducts(desk, ground.key, posted.products)
  if (!products.ok) return products
  const taken = await inTransaction(desk.store, 'all', async (tx) => {
    const row = await heldJob(tx, job, posted.lease)
    if (row === null) return false
    const used = { seconds: posted.seconds }
    if (good !== null) await storeDone(desk, tx, row, ground, good, products.value, posted.seconds)
    else if (end.how === 'returned' && !row.stop_asked) await giveBack(desk, tx, row, posted.seconds)
    else if (end.how === 'stopped' || row.stop_asked)
      await endWithout(desk, tx, row, { state: 'stopped', say: 'Stopped.', mend: null, ...used }, 'system:validation')
    else if (end.how === 'failed')
      await endWithout(desk, tx, row, { state: 'failed', say: end.say, mend: end.mend, ...used }, 'system:validation')
    return true
  })
  if (taken) {
    desk.bell.ring()
    desk.hub.publish({ name: 'flaw', organisation: null, body: { changed: 1 } })
  }
  return await answer(who, taken || (await endedUnder(desk, job, posted.lease)))
}

async function answer(who: Principal, taken: boolean): Promise<Answer<Presented<JobTaken>>> {
  const view = presentJob(who, true, { taken })
  return view === null ? NOT_FOUND : done(view)
}

/** Whether that lease is the one under which the job ended: then this result, or one before it, was taken. */
async function endedUnder(desk: ValidationDesk, job: string, lease: string): Promise<boolean> {
  const id = parseId('validation', job)
  if (id === null) return false
  return await inTransaction(desk.store, 'all', async ({ db }) => {
    const row = await db.selectFrom('validation').select(['state', 'lease']).where('id', '=', id).executeTakeFirst()
    return (
      row !== undefined && row.lease === lease && (row.state === 'done' || row.state === 'stopped' || row.state === 'failed')
    )
  })
}

interface JobGround {
  readonly key: DataKey
  readonly stored: StoredProof
  readonly publicKey: Buffer
}

async function groundOf(desk: ValidationDesk, tx: Tx, job: string, lease: string): Promise<JobGround | null> {
  const row = await heldJob(tx, job, lease)
  const [key] = row === null ? [] : desk.keys.get([row.key_slot])
  if (row === null || !key || row.runner_id === null) return null
  const { public_key } = await tx.db
    .selectFrom('runner')
    .select('public_key')
    .where('id', '=', row.runner_id)
    .executeTakeFirstOrThrow()
  const stored = openJson<StoredProof>(key, row.proof, `validation/${row.id}/proof`)
  return { key: { slot: row.key_slot, key }, stored, publicKey: public_key }
}

/** What was made on the way, sealed; a file left over by a result that was not taken is one that nobody can open. */
async function putProducts(desk: ValidationDesk, key: DataKey, posted: Result['products']): Promise<Answer<Product[]>> {
  const products: Product[] = []
  for (const [n, { name, content }] of posted.entries()) {
    const bytes = Buffer.from(content, 'base64')
    if (bytes.length === 0 || bytes.toString('base64').length !== content.length)
      return denied('request.invalid', 'The content of a product is base64 with padding.', `/products/${n}/content`)
    const put = await putBlob(desk.blobs, desk.keys, key, onePiece(bytes), LARGEST_PRODUCT, desk.random)
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    products.push({ name, digest, blob: put.name, bytes: put.bytes })
  }
  return done(products)
}

async function storeDone(
  desk: ValidationDesk,
  tx: Tx,
  row: NonNullable<Awaited<ReturnType<typeof heldJob>>>,
  { key, stored }: JobGround,
  { outcome, checked }: Done,
  products: readonly Product[],
  seconds: number,
): Promise<void> {
  // The clock is read once the interval is held open, so that no statement is older than the interval that proves it.
  const interval = await openInterval(tx, desk.keys)
  const now = desk.clock()
  const commitment = interval.commit(row.id, statementOf(row.id, now, checked.digest))
  const result: StoredResult = {
    say: outcomeWords(outcome),
    mend: null,
    outcome,
    envelope: checked.envelope,
    statement: checked.digest,
    key: checked.key,
    products,
  }
  await tx.db
    .updateTable('validation')
    .set({
      state: 'done',
      version: row.version + 1,
      ended_at: at(now) as never,
      lease_until: null,
      seconds,
      tier: outcome.tier?.tier ?? null,
      result: sealJson(key.key, result, `validation/${row.id}/result`, desk.random),
      progress: sealJson(key.key, endWords(result.say), `validation/${row.id}/progress`, desk.random),
      interval_index: interval.index,
      position: commitment.position,
      commitment: commitment.bytes,
    })
    .where('id', '=', row.id)
    .execute()
  await recordValidation(tx, 'validation', row.id, row.version + 1, 'validation-done', now, 'system:validation')
  await markFindings(desk, tx, row.id, stored.pieces, outcome)
  if (outcome.matrix !== null) await desk.queue.send(tx, 'proof', { validation: row.id })
}

/** What the ledger commits to of a validation: that this statement was there then. */
export function statementOf(validation: string, at: number, digest: string) {
  return { v: 1, validation, at: formatInstant(instant(at)), statement: `sha256:${digest}` } as const
}
