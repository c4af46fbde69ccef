import { presentReceipt } from '../../../core/access/present/finding.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { commit } from '../../../ledger/commitment.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Ground } from '../../ground.ts'
import type { Log } from '../../ledger/log.ts'
import { proveCommitment } from '../../ledger/prove-commitment.ts'
import { saltOf, sha256 } from '../../ledger/secrets.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { readBody } from './body.ts'
import { statementOf } from './statement.ts'

/** The whole receipt: statement, salt and both paths up to a signed head. Whoever holds it can verify it without this server. */
export async function proveReceipt(ground: Ground, log: Log, text: string): Promise<Answer<Presented<ReceiptJson>>> {
  const id = parseId('receipt', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, 'all', async ({ db }) => {
    const row = await db
      .selectFrom('receipt')
      .innerJoin('finding', (join) => join.onRef('finding.id', '=', 'receipt.finding_id'))
      .select([
        'receipt.id',
        'receipt.received_at',
        'receipt.interval_index',
        'receipt.position',
        'receipt.commitment',
        'finding.id as finding',
        'finding.body',
        'finding.key_slot',
      ])
      .where('receipt.id', '=', id)
      .executeTakeFirst()
    if (row === undefined || row.interval_index === null || row.position === null || row.commitment === null) return NOT_FOUND
    const [key] = ground.keys.get([row.key_slot])
    if (!key) return NOT_FOUND
    const statement = statementOf(
      row.id,
      row.received_at,
      (await readBody(ground, { slot: row.key_slot, key }, row.finding, row.body)).raw,
    )
    const salt = saltOf(ground.keys, row.id)
    const again = commit(statement, salt, sha256)
    if (again === null || !row.commitment.equals(again)) throw new Error('a receipt does not give its own commitment')
    const proof = await proveCommitment(db, ground.keys, log, row.interval_index, row.position, {
      statement,
      salt,
      commitment: row.commitment,
    })
    if (proof === 'pending')
      return denied('server.unavailable', 'The interval of this receipt has not ended yet; ask again in a minute.')
    return proof === 'stopped' ? denied('ledger.stopped') : done(presentReceipt(proof))
  })
}
