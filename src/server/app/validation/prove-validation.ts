import type { Presented } from '../../../core/access/present/presented.ts'
import { presentValidation } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Log } from '../../ledger/log.ts'
import { inTransaction } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { proveStatement } from '../prove-statement.ts'
import type { StoredResult } from './stored-proof.ts'
import { statementOf } from './take-result.ts'
import type { ValidationDesk } from './validation-desk.ts'
import { selectValidations } from './validation-rows.ts'

/**
 * That the digest of a validation's statement was committed to the ledger, and when: salt and both paths up to a signed head, in the
 * form of a receipt. Whoever may read the validation may have it, and needs no server to check it.
 */
export async function proveValidation(
  desk: ValidationDesk,
  log: Log,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ReceiptJson>>> {
  const id = parseId('validation', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(desk.store, scopeFor(who, 'read', 'validation'), async (tx) => {
    const row = await selectValidations(tx, who, 'read')
      .select(['validation.result', 'validation.interval_index', 'validation.position', 'validation.commitment'])
      .where('validation.id', '=', id)
      .executeTakeFirst()
    const [key] = row === undefined ? [] : desk.keys.get([row.key_slot])
    if (row === undefined || !key || row.result === null || row.ended_at === null) return NOT_FOUND
    if (row.interval_index === null || row.position === null || row.commitment === null) return NOT_FOUND
    const { statement: digest } = openJson<StoredResult>(key, row.result, `validation/${id}/result`)
    const statement = digest === null ? null : statementOf(id, row.ended_at, digest)
    if (statement === null) throw new Error('a validation does not give its own commitment')
    const { commitment, interval_index: interval, position } = row
    const proof = await proveStatement(desk, tx.db, log, { statement, salted: id, commitment, interval, position })
    if (!proof.ok) return proof
    const view = presentValidation(who, row.organisation_id, proof.value)
    return view === null ? NOT_FOUND : done(view)
  })
}
