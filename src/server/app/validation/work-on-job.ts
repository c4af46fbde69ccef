import type { z } from 'zod'
import type { JobKeeps, JobProgress } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentJob } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { heldJob } from './held-job.ts'
import { LEASE_MS } from './lease-job.ts'
import { putStream } from './put-stream.ts'
import { readInput } from './read-input.ts'
import type { StoredProgress, StoredProof } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

const LARGEST_LOG = 64 << 20

export interface Bytes {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly mediaType: string
  /** A file name for who saves it. */
  readonly name: string
}

/** What the runner tells of a job, and whether to go on; being told keeps the lease. */
export async function tellProgress(
  desk: ValidationDesk,
  who: Principal,
  job: string,
  { lease, say, done: count, total, seconds }: z.infer<typeof JobProgress>,
): Promise<Answer<Presented<JobKeeps>>> {
  const now = desk.clock()
  const kept = await inTransaction(desk.store, 'all', async (tx) => {
    const row = await heldJob(tx, job, lease)
    const [key] = row === null ? [] : desk.keys.get([row.key_slot])
    if (row === null || !key) return null
    const progress: StoredProgress = { done: count, total, say }
    await tx.db
      .updateTable('validation')
      .set({
        lease_until: at(now + LEASE_MS) as never,
        progress: sealJson(key, progress, `validation/${row.id}/progress`, desk.random),
        progress_at: at(now) as never,
        seconds,
      })
      .where('id', '=', row.id)
      .execute()
    await tx.db
      .updateTable('runner')
      .set({ last_seen: at(now) as never })
      .where('id', '=', row.runner_id)
      .execute()
    return { stop: row.stop_asked }
  })
  const view = kept === null ? null : presentJob(who, true, kept)
  if (view !== null) desk.hub.publish({ name: 'flaw', organisation: null, body: { changed: 1 } })
  return view === null ? NOT_FOUND : done(view)
}

/** The bytes of one input of a leased job, by digest; of no other job, and nothing that the job does not name. */
export async function readJobInput(
  desk: ValidationDesk,
  who: Principal,
  job: string,
  digest: string,
  lease: string,
): Promise<Answer<Presented<Bytes>>> {
  const place = await inTransaction(desk.store, 'all', async (tx) => {
    const row = await heldJob(tx, job, lease)
    const [key] = row === null ? [] : desk.keys.get([row.key_slot])
    if (row === null || !key) return null
    const { places } = openJson<StoredProof>(key, row.proof, `validation/${row.id}/proof`)
    return Object.hasOwn(places, digest) ? places[digest]! : null
  })
  const bytes = place === null ? null : await readInput(desk, place)
  const view = bytes === null ? null : presentJob(who, true, { bytes, mediaType: 'application/octet-stream', name: 'input' })
  return view === null ? NOT_FOUND : done(view)
}

/** Keeps the log of a leased job, sealed; put again it takes the place of the one before. */
export async function putJobLog(
  desk: ValidationDesk,
  who: Principal,
  job: string,
  lease: string,
  source: AsyncIterable<Uint8Array> | null,
): Promise<Answer<Presented<{ bytes: number }>>> {
  const slot = await inTransaction(desk.store, 'all', async (tx) => (await heldJob(tx, job, lease))?.key_slot ?? null)
  const [key] = slot === null ? [] : desk.keys.get([slot])
  if (slot === null || !key) return NOT_FOUND
  const put = source === null ? null : await putStream(desk, { slot, key }, source, LARGEST_LOG)
  if (put !== null && !put.ok && put.code === 'request.too-large') return put
  // An empty log is a log too: of a job that ended before it ran anything.
  const blob = put?.ok ? put.value.blob : null
  const kept = await inTransaction(desk.store, 'all', async (tx) => {
    const row = await heldJob(tx, job, lease)
    if (row === null) return false
    await tx.db.updateTable('validation').set({ log: blob }).where('id', '=', row.id).execute()
    return true
  })
  const view = kept ? presentJob(who, true, { bytes: put?.ok ? put.value.bytes : 0 }) : null
  return view === null ? NOT_FOUND : done(view)
}
