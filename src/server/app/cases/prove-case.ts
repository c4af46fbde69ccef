import { presentCase } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Json } from '../../../ledger/statement.ts'
import type { Log } from '../../ledger/log.ts'
import { anchoredEntry } from '../../store/case-entry.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type Placed, proveStatement, SOON } from '../prove-statement.ts'
import type { CaseDesk } from './case-desk.ts'
import { type SeenCase, seeCase, subjectOf } from './load-case.ts'
import { entryStatement } from './store-case.ts'

/** That the ledger holds a case's log and sealed state as they stood at the newest change whose interval has ended, as a receipt. */
export async function proveCase(
  desk: CaseDesk,
  log: Log,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ReceiptJson>>> {
  return await prove(desk, log, who, text, async (tx, seen) => {
    const row = await anchoredEntry(tx, seen.case.id)
    if (row === undefined || row.state === null || row.interval_index === null || row.position === null || !row.commitment)
      return SOON
    const statement = entryStatement(seen.case.id, row.version, row.hash, row.state)
    const { id: salted, commitment, interval_index: interval, position } = row
    return done({ statement, salted, commitment, interval, position })
  })
}

/** The receipt of a closed case: what was destroyed and how disclosure went, with its place in the ledger; checked without a server. */
export async function readCaseReceipt(
  desk: CaseDesk,
  log: Log,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ReceiptJson>>> {
  return await prove(desk, log, who, text, async (_tx, { row, case: of }) => {
    if (of.state === 'open') return denied('case.refused', 'There is a receipt once the case is closed.', 'receipt.none')
    const { receipt, commitment, interval_index: interval, position } = row
    if (receipt === null || commitment === null || interval === null || position === null) return SOON
    return done({ statement: JSON.parse(receipt.toString('utf8')) as Json, salted: of.id, commitment, interval, position })
  })
}

async function prove(
  desk: CaseDesk,
  log: Log,
  who: Principal,
  text: string,
  find: (tx: Tx, seen: SeenCase) => Promise<Answer<Placed>>,
): Promise<Answer<Presented<ReceiptJson>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null || seen.reads !== 'content') return NOT_FOUND
    const found = await find(tx, seen)
    if (!found.ok) return found
    const proof = await proveStatement(desk, tx.db, log, found.value)
    if (!proof.ok) return proof
    const shown = presentCase(who, subjectOf(seen), proof.value)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
