import { presentDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { commit } from '../../../ledger/commitment.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Json } from '../../../ledger/statement.ts'
import type { Ground } from '../../ground.ts'
import type { Log } from '../../ledger/log.ts'
import { proveCommitment } from '../../ledger/prove-commitment.ts'
import { saltOf, sha256 } from '../../ledger/secrets.ts'
import { inTransaction } from '../../store/connection.ts'
import { entriesOf } from '../../store/duty.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'

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
    const statement = entry.statement as Json
    const { commitment } = entry
    const salt = saltOf(ground.keys, entry.id)
    if (!commitment.equals(commit(statement, salt, sha256) ?? Buffer.alloc(0)))
      throw new Error('an entry of a duty does not give its own commitment')
    const placed = { statement, salt, commitment }
    const proof = await proveCommitment(tx.db, ground.keys, log, entry.interval_index, entry.position, placed)
    if (proof === 'pending')
      return denied('server.unavailable', 'The interval of this entry has not ended yet; ask again in a minute.')
    if (proof === 'stopped') return denied('ledger.stopped')
    const shown = presentDuties(who, proof)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
