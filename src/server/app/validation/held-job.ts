import { parseId } from '../../../core/kernel/id.ts'
import type { Tx } from '../../store/connection.ts'

/** A running job as its lease's holder sees it; null where the lease is not the current one: ended, or another's by now. */
export async function heldJob(tx: Tx, job: string, lease: string) {
  const id = parseId('validation', job)
  const shown = parseId('lease', lease)
  if (id === null || shown === null) return null
  const row = await tx.db
    .selectFrom('validation')
    .select(['id', 'version', 'key_slot', 'proof', 'stop_asked', 'runner_id'])
    .where('id', '=', id)
    .where('lease', '=', shown)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}
