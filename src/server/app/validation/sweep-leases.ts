import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { type EndedRow, endWithout, giveBack } from './end-validation.ts'
import type { ValidationDesk } from './validation-desk.ts'

/** A job that lost its runner this often is not given to another: it may be what ends them. */
const MOST_LOST = 3

/** Gives back what runners no longer tell of: to be run again, or to its end. Returns how many leases had ended. */
export async function sweepLeases(desk: ValidationDesk): Promise<number> {
  const swept = await inTransaction(desk.store, 'all', (tx) => sweepIn(desk, tx))
  if (swept > 0) desk.bell.ring()
  if (swept > 0) desk.hub.publish({ name: 'flaw', organisation: null, body: { changed: swept } })
  return swept
}

/** The same inside a running transaction. */
async function sweepIn(desk: ValidationDesk, tx: Tx): Promise<number> {
  const rows = await tx.db
    .selectFrom('validation')
    .select(['id', 'version', 'key_slot', 'attempt', 'stop_asked'])
    .where('state', '=', 'running')
    .where('lease_until', '<', at(desk.clock()))
    .orderBy('id')
    .limit(100)
    .forUpdate()
    .skipLocked()
    .execute()
  await loseLeases(desk, tx, rows)
  return rows.length
}

interface HeldRow extends EndedRow {
  readonly attempt: number
  readonly stop_asked: boolean
}

/** Takes jobs from the runner that had them, which is gone: each waits again, or ends where it was stopped or lost too often. */
async function loseLeases(desk: ValidationDesk, tx: Tx, rows: readonly HeldRow[]): Promise<void> {
  for (const row of rows) {
    const lost = row.attempt + 1
    await tx.db.updateTable('validation').set({ attempt: lost }).where('id', '=', row.id).execute()
    if (row.stop_asked) {
      await endWithout(desk, tx, row, { state: 'stopped', say: 'Stopped.', mend: null }, 'system:validation')
    } else if (lost >= MOST_LOST) {
      const say = 'The runner was lost three times while it ran this.'
      const mend = 'Look at the log of the runner: the target may use more than the machine has.'
      await endWithout(desk, tx, row, { state: 'failed', say, mend }, 'system:validation')
    } else await giveBack(desk, tx, row)
  }
}

/**
 * Takes back what a runner held that registers anew: it has just started and works on nothing. So a job whose runner was killed
 * waits for the next start of it, not for the end of its lease.
 */
export async function loseHeldBy(desk: ValidationDesk, tx: Tx, runner: string): Promise<number> {
  const rows = await tx.db
    .selectFrom('validation')
    .select(['id', 'version', 'key_slot', 'attempt', 'stop_asked'])
    .where('state', '=', 'running')
    .where('runner_id', '=', runner)
    .orderBy('id')
    .forUpdate()
    .execute()
  await loseLeases(desk, tx, rows)
  return rows.length
}
