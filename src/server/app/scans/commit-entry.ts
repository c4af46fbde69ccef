import type { Json } from '../../../ledger/statement.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import type { Tx } from '../../store/connection.ts'
import type { ScanDesk } from './scan-desk.ts'

/** Commits what a project said, or a certificate, to the ledger, in the transaction that stores it. */
export async function commitEntry(
  desk: ScanDesk,
  tx: Tx,
  thing: { readonly id: string; readonly version: number },
  statement: { readonly [name: string]: Json },
): Promise<void> {
  const id = `${thing.id}/${thing.version}`
  const interval = await openInterval(tx, desk.keys)
  const { bytes, position } = interval.commit(id, statement)
  await tx.db
    .insertInto('scan_entry')
    .values({
      id,
      thing: thing.id,
      version: thing.version,
      statement: JSON.stringify(statement),
      interval_index: interval.index,
      position,
      commitment: bytes,
    })
    .execute()
}
