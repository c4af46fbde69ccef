import type { z } from 'zod'
import type { LeaseCommand, Leased } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentLease } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { TierFacts } from '../../../core/sandbox/tier.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { endWithout } from './end-validation.ts'
import { nextInLine } from './next-in-line.ts'
import { recordValidation } from './record-validation.ts'
import { seenRunner } from './register-runner.ts'
import type { StoredProof } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

export const LEASE_MS = 30_000
/** How long nobody looks again where nobody rings: limits pass by the clock, and jobs may be asked for in another process. */
const LOOK_AGAIN_MS = 3000

/** The next job for a runner, waited for up to `waitMs`; none when there is none. One transaction takes it, so no two have it. */
export async function leaseJob(
  desk: ValidationDesk,
  who: Principal,
  { runner, waitMs }: z.infer<typeof LeaseCommand>,
  gone: AbortSignal,
): Promise<Answer<Presented<Leased>>> {
  const until = performance.now() + waitMs
  for (;;) {
    const taken = await inTransaction(desk.store, 'all', (tx) => takeNext(desk, tx, who, runner))
    if (taken === 'no-runner') return NOT_FOUND
    const left = until - performance.now()
    if (taken !== null || left <= 0 || gone.aborted) {
      if (taken !== null) desk.hub.publish({ name: 'flaw', organisation: null, body: { changed: 1 } })
      const view = presentLease(who, { job: taken })
      return view === null ? NOT_FOUND : done(view)
    }
    await desk.bell.wait(Math.min(left, LOOK_AGAIN_MS), gone)
  }
}

async function takeNext(desk: ValidationDesk, tx: Tx, who: Principal, text: string): Promise<Leased['job'] | 'no-runner'> {
  const now = desk.clock()
  const runner = await seenRunner(tx, who, text, now)
  if (runner === null) return 'no-runner'
  const tiers = runner.tiers as readonly TierFacts[]
  if (tiers.length === 0) return null
  // One chooser at a time: what is fair depends on what everybody runs.
  await tx.db.selectFrom('work_lock').select('name').where('name', '=', 'lease').forUpdate().executeTakeFirstOrThrow()
  const offered = tiers.map(({ tier }) => tier)
  const { job } = await nextInLine(tx, desk.limits, now, offered)
  if (job === null) return null
  const row = await tx.db
    .selectFrom('validation')
    .select(['id', 'version', 'key_slot', 'proof', 'state', 'started_at'])
    .where('id', '=', job)
    .forUpdate()
    .executeTakeFirstOrThrow()
  // Stopped while we chose: the next look finds another.
  if (row.state !== 'waiting') return null
  const [key] = desk.keys.get([row.key_slot])
  if (!key) {
    await endWithout(desk, tx, row, { state: 'failed', say: 'Erased under its terms.', mend: null }, 'system:validation')
    return null
  }
  const lease = newId('lease', desk.random)
  await tx.db
    .updateTable('validation')
    .set({
      state: 'running',
      lease,
      lease_until: at(now + LEASE_MS) as never,
      runner_id: runner.id,
      started_at: at(row.started_at ?? now) as never,
      version: row.version + 1,
    })
    .where('id', '=', job)
    .execute()
  await recordValidation(tx, 'validation', job, row.version + 1, 'validation-started', now, 'system:validation', {
    runner: runner.id,
  })
  const { proof } = openJson<StoredProof>(key, row.proof, `validation/${job}/proof`)
  return { id: job, lease, leaseMs: LEASE_MS, proof }
}
