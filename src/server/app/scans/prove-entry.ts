import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScanRead } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Json } from '../../../ledger/statement.ts'
import type { Log } from '../../ledger/log.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { proveStatement } from '../prove-statement.ts'
import type { ScanDesk } from './scan-desk.ts'

/** That the ledger holds the newest state of an opt-out, a route or a certificate: for anyone, in the form of a receipt. */
export async function proveEntry(
  desk: ScanDesk,
  log: Log,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ReceiptJson>>> {
  const thing = parseId('opt-out', text) ?? parseId('route', text) ?? parseId('certificate', text)
  if (thing === null) return NOT_FOUND
  // All commitments of its interval stand in the proof's paths: the transaction must see them.
  return await inTransaction(desk.store, 'all', async (tx) => {
    const entry = await tx.db
      .selectFrom('scan_entry')
      .selectAll()
      .where('thing', '=', thing)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (entry === undefined) return NOT_FOUND
    const { id: salted, commitment, interval_index: interval, position } = entry
    const placed = { statement: entry.statement as Json, salted, commitment, interval, position }
    const proof = await proveStatement(desk, tx.db, log, placed)
    if (!proof.ok) return proof
    const shown = presentScanRead(who, 'scan-feed', proof.value)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
