import { presentAdvisory } from '../../../core/access/present/advisory.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Json } from '../../../ledger/statement.ts'
import type { Log } from '../../ledger/log.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { proveStatement } from '../prove-statement.ts'
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
    const { id: salted, commitment, interval_index: interval, position } = entry
    const placed = { statement: entry.statement as Json, salted, commitment, interval, position }
    const proof = await proveStatement(desk, tx.db, log, placed)
    if (!proof.ok) return proof
    const shown = presentAdvisory(who, proof.value)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
