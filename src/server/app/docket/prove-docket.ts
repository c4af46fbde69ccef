import type { DocketReceipt } from '../../../contract/docket-receipt.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { commit } from '../../../ledger/commitment.ts'
import type { Log } from '../../ledger/log.ts'
import { proveCommitment } from '../../ledger/prove-commitment.ts'
import { saltOf, sha256 } from '../../ledger/secrets.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { committedStatement } from './close-docket.ts'
import type { DocketDesk } from './docket-desk.ts'
import { subjectOf } from './load-docket.ts'
import { readReceiptRow, receiptDigest, wholeReceipt } from './receipt.ts'
import { withDocket } from './with-docket.ts'

/** The receipt of a purge with who signed it, and its place in the ledger once there is a leaf; needs no server to be checked. */
export async function proveDocket(
  desk: DocketDesk,
  log: Log,
  who: Principal,
  text: string,
): Promise<Answer<Presented<DocketReceipt>>> {
  return await withDocket(desk, who, { docket: text, object: 'receipt' }, async (tx, seen) => {
    const { row, docket } = seen
    const stored = readReceiptRow(row)
    if (stored === null || docket.closing === null) return denied('docket.refused', 'There is no receipt yet.', 'receipt.none')
    if (row.interval_index === null || row.position === null || row.commitment === null) return NOT_FOUND
    const statement = committedStatement(docket.id, receiptDigest(stored.statement))
    const salt = saltOf(desk.keys, docket.id)
    const { commitment } = row
    if (!commitment.equals(commit(statement, salt, sha256) ?? Buffer.alloc(0)))
      throw new Error('a receipt does not give its own commitment')
    const placed = { statement, salt, commitment }
    const proof = await proveCommitment(tx.db, desk.keys, log, row.interval_index, row.position, placed)
    const ledger = typeof proof === 'string' ? null : proof
    const shown = presentDocket(who, subjectOf(row, true), wholeReceipt(desk.keys, stored, docket.closing.signed, ledger))
    return shown === null ? NOT_FOUND : done(shown)
  })
}
