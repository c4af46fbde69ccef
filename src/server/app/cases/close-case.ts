import type { Case } from '../../../core/cases/case.ts'
import { disclosureOf } from '../../../core/cases/tally.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { unpurgedCases } from '../../store/case.ts'
import { countContent, deleteContent, replaceCase } from '../../store/case-purge.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { storeReceipt } from '../../store/purge-receipt.ts'
import { EMPTY_BODY, type Purge, sealBody } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import { type LoadedCase, loadCase } from './load-case.ts'

/**
 * Ends a case that was closed: its key is destroyed with all that it sealed, rows and files are deleted, and a receipt of that goes
 * into the ledger. What is left is who took part, digests, counts and instants. Every step may run again after a crash.
 */
export async function closeCase(desk: CaseDesk, id: string): Promise<void> {
  const purge = await beginPurge(desk, id)
  if (purge === null) return
  await desk.keys.erase([purge.slot])
  for (const text of purge.blobs) {
    const name = parseBlobName(text)
    if (name !== null) await desk.blobs.delete(name)
  }
  await inTransaction(desk.store, 'all', async (tx) => {
    await deleteContent(tx, id)
    const loaded = await loadCase(desk, tx, id, true)
    if (loaded === null || loaded.row.receipt !== null) return
    const statement = receiptStatement(loaded, purge)
    const interval = await openInterval(tx, desk.keys)
    const { bytes, position } = interval.commit(id, statement)
    const receipt = Buffer.from(JSON.stringify(statement))
    const counted = JSON.stringify(countedOf(loaded.case))
    await storeReceipt(tx, 'case_file', id, { receipt, counted, interval: interval.index, position, commitment: bytes })
  })
}

/** Goes on with every closing that has not come to its receipt; how many there were. */
export async function resumeCaseClosings(desk: CaseDesk): Promise<number> {
  const ids = await inTransaction(desk.store, 'all', unpurgedCases)
  for (const id of ids) await closeCase(desk, id)
  return ids.length
}

/** Notes what must be destroyed, in a body that holds nothing else; null where there is nothing to do. */
async function beginPurge(desk: CaseDesk, id: string): Promise<Purge | null> {
  const [fresh] = await desk.keys.allocate(1)
  if (fresh === undefined) throw new Error('the key store gave no key')
  const { purge, used } = await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadCase(desk, tx, id, true)
    if (loaded === null || loaded.case.state !== 'closed' || loaded.row.receipt !== null) return { purge: null, used: false }
    if (loaded.purge !== null) return { purge: loaded.purge, used: false }
    const { counts, blobs } = await countContent(tx, id)
    const begun: Purge = { slot: loaded.key.slot, blobs, counts, orders: ordersMet(loaded.case) }
    const bare = { ...EMPTY_BODY, case: bareCase(loaded.case), purge: begun }
    await replaceCase(tx, id, fresh.slot, sealBody(fresh.key, bare, desk.random))
    return { purge: begun, used: true }
  })
  if (!used) await desk.keys.erase([fresh.slot])
  return purge
}

/** What is kept of a case: ids, states and instants; no reason and no words of anybody. */
function bareCase(of: Case): Case {
  const { terms, history } = of.embargo
  const plain = <T extends { readonly why: readonly string[] }>(one: T): T => ({ ...one, why: [] })
  const embargo = { ...of.embargo, open: [], terms: terms === null ? null : plain(terms), history: history.map(plain) }
  return { ...of, embargo, claims: [], duties: [] }
}

/** Per flaw, how many of the desired orders of events held, over all who make or ship it; only those that came to a decision count. */
export function ordersMet(of: Case): Purge['orders'] {
  const all = disclosureOf(of)
  return of.flaws.map(({ flaw }) => {
    const known = all.flatMap((one) => (one.flaw === flaw ? one.orders.filter((held) => held !== null) : []))
    return { flaw, met: known.filter(Boolean).length, of: known.length }
  })
}

function receiptStatement({ case: of, now, row }: LoadedCase, { counts, orders }: Purge) {
  return {
    type: 'weir/case-receipt/1',
    case: of.id,
    openedAt: formatInstant(of.openedAt),
    closedAt: formatInstant(of.closedAt ?? now),
    purgedAt: formatInstant(now),
    mergedInto: of.mergedInto,
    version: row.version,
    flaws: of.flaws.length,
    participants: of.participants.length,
    embargoEndedAt: of.embargo.ended === null ? null : formatInstant(of.embargo.ended.at),
    destroyed: { ...counts, keys: 1 },
    orders: orders.map(({ met, of: decided }) => ({ met, of: decided })),
  }
}

/** Closed words of a closed case, for statistics. */
function countedOf(of: Case) {
  return {
    flaws: of.flaws.length,
    participants: of.participants.length,
    embargo: of.embargo.state,
    ended: of.embargo.ended?.why ?? null,
    merged: of.mergedInto !== null,
  }
}

/** Whether a letter of the case is queued or being sent: its key must not go before it has. */
export async function lettersUnderWay(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('letter')
    .select('id')
    .where('case_id', '=', id)
    .where('state', 'in', ['queued', 'sending'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
