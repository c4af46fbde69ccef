import { presentAdvisory } from '../../../core/access/present/advisory.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
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
import type { AdvisoryDesk } from './advisory-desk.ts'

/** That the ledger holds the newest release, correction or withdrawal of an advisory: for anyone, in the form of a receipt. */
export async function proveAdvisory(
  desk: AdvisoryDesk,
  log: Log,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ReceiptJson>>> {
  const id = parseId('advisory', text)
  if (id === null) return NOT_FOUND
  // All commitments of its interval stand in the proof's paths: the transaction must see them.
  return await inTransaction(desk.store, 'all', async (tx) => {
    const entry = await tx.db
      .selectFrom('advisory_entry')
      .selectAll()
      .where('advisory_id', '=', id)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (entry === undefined) return NOT_FOUND
    const statement = entry.statement as Json
    const salt = saltOf(desk.keys, entry.id)
    const { commitment } = entry
    if (!commitment.equals(commit(statement, salt, sha256) ?? Buffer.alloc(0)))
      throw new Error('an entry of an advisory does not give its own commitment')
    const placed = { statement, salt, commitment }
    const proof = await proveCommitment(tx.db, desk.keys, log, entry.interval_index, entry.position, placed)
    if (proof === 'pending')
      return denied('server.unavailable', 'The interval of this entry has not ended yet; ask again in a minute.')
    if (proof === 'stopped') return denied('ledger.stopped')
    const shown = presentAdvisory(who, proof)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
