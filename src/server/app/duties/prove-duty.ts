import { presentDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Json } from '../../../ledger/statement.ts'
import type { Ground } from '../../ground.ts'
import type { Log } from '../../ledger/log.ts'
import { inTransaction } from '../../store/connection.ts'
import { entriesOf } from '../../store/duty.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { proveStatement } from '../prove-statement.ts'

/** That the ledger holds what was last said of a public duty: for anyone, in the form of a receipt. */
export async function proveDuty(
  ground: Ground,
  log: Log,
  who: Principal,
  duty: string,
): Promise<Answer<Presented<ReceiptJson>>> {
  // All commitments of its interval stand in the proof's paths: the transaction must see them.
  return await inTransaction(ground.store, 'all', async (tx) => {
    const [entry] = await entriesOf(tx, duty, 1)
    if (entry === undefined) return NOT_FOUND
    const { id, commitment, interval_index: interval, position } = entry
    const placed = { statement: entry.statement as Json, salted: id, commitment, interval, position }
    const proved = await proveStatement(ground, tx.db, log, placed)
    if (!proved.ok) return proved
    const shown = presentDuties(who, proved.value)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
