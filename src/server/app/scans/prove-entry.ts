import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScanRead } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { commit } from '../../../ledger/commitment.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Json } from '../../../ledger/statement.ts'
import type { Log } from '../../ledger/log.ts'
import { proveCommitment } from '../../ledger/prove-commitment.ts'
import { saltOf, sha256 } from '../../ledger/secrets.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
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
    const statement = entry.statement as Json
    const { commitment } = entry
    const salt = saltOf(desk.keys, entry.id)
    if (!commitment.equals(commit(statement, salt, sha256) ?? Buffer.alloc(0)))
      throw new Error('an entry of the scans desk does not give its own commitment')
    const placed = { statement, salt, commitment }
    const proof = await proveCommitment(tx.db, desk.keys, log, entry.interval_index, entry.position, placed)
    if (proof === 'pending')
      return denied('server.unavailable', 'The interval of this entry has not ended yet; ask again in a minute.')
    if (proof === 'stopped') return denied('ledger.stopped')
    const shown = presentScanRead(who, 'scan-feed', proof)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
