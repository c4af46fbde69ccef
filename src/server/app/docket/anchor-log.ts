import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { ReceiptJson } from '../../../ledger/receipt.ts'
import type { Log } from '../../ledger/log.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import type { Tx } from '../../store/connection.ts'
import type { LogHead } from '../../store/docket-access.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { proveStatement } from '../prove-statement.ts'
import type { DocketDesk } from './docket-desk.ts'
import { subjectOf } from './load-docket.ts'
import { withDocket } from './with-docket.ts'

/** Commits the head of a docket's log to the ledger, in the transaction that changed the docket. */
export async function anchorLog(desk: DocketDesk, tx: Tx, docket: string, { entry, hash }: LogHead): Promise<void> {
  const id = newId('docket', desk.random)
  const interval = await openInterval(tx, desk.keys)
  const { bytes, position } = interval.commit(id, statementOf(docket, entry, hash))
  await tx.db
    .insertInto('docket_anchor')
    .values({ id, docket_id: docket, entry, interval_index: interval.index, position, commitment: bytes })
    .execute()
}

/**
 * That the ledger holds the digest of a docket's log as it stood at the newest change whose interval has ended: with the rows of
 * the log anybody can check that none was changed or left out since. In the form of a receipt.
 */
export async function proveDocketLog(
  desk: DocketDesk,
  log: Log,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ReceiptJson>>> {
  return await withDocket(desk, who, { docket: text, object: 'log' }, async (tx, seen) => {
    const anchor = await tx.db
      .selectFrom('docket_anchor')
      .selectAll()
      .where('docket_id', '=', seen.docket.id)
      .where('interval_index', 'in', (from) => from.selectFrom('ledger_interval').select('index'))
      .orderBy('entry', 'desc')
      .limit(1)
      .executeTakeFirst()
    const row =
      anchor &&
      (await tx.db
        .selectFrom('docket_access')
        .select('hash')
        .where('docket_id', '=', seen.docket.id)
        .where('entry', '=', anchor.entry)
        .executeTakeFirst())
    if (anchor === undefined || row === undefined)
      return denied('server.unavailable', 'The interval of its first entry has not ended yet; ask again in a minute.')
    const statement = statementOf(seen.docket.id, anchor.entry, row.hash)
    const { id: salted, commitment, interval_index: interval, position } = anchor
    const proof = await proveStatement(desk, tx.db, log, { statement, salted, commitment, interval, position })
    if (!proof.ok) return proof
    const shown = presentDocket(who, subjectOf(seen.row, true), proof.value)
    return shown === null ? NOT_FOUND : done(shown)
  })
}

function statementOf(docket: string, entry: number, hash: Buffer) {
  return { type: 'weir/docket-log/1', docket, entry, hash: hash.toString('hex') }
}
