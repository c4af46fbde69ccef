import type { ReceiptRow, ReceiptStatement } from '../../../contract/docket-receipt.ts'
import { countedOf } from '../../../core/docket/tally.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { inTransaction } from '../../store/connection.ts'
import { unpurgedIds } from '../../store/docket.ts'
import { countDocket, deleteContent, logHead, replaceBody, searchRows, stopRuns } from '../../store/docket-purge.ts'
import { storeReceipt } from '../../store/purge-receipt.ts'
import { done } from '../answer.ts'
import { bareDocket } from './bare-docket.ts'
import { canaryOf } from './canary.ts'
import { tellDocket } from './command-docket.ts'
import type { Purge } from './docket-body.ts'
import { sealBody } from './docket-body.ts'
import type { DocketDesk } from './docket-desk.ts'
import { slotsOf } from './docket-keys.ts'
import { loadDocket } from './load-docket.ts'
import { receiptDigest, signStatement } from './receipt.ts'
import { residualOf } from './residual.ts'
import { formsOf, scanFolder } from './scan-bytes.ts'
import { takeCustodyLog } from './take-custody-log.ts'
import { askCustody } from './tell-custody.ts'

/** The custodian could not be asked to destroy its key; the job comes back. */
class CustodyKeeps extends Error {
  override name = 'CustodyKeeps'
}

/** A measurement has not ended yet; the job comes back. */
class RunsGoOn extends Error {
  override name = 'RunsGoOn'
}

const RUNS_END_MS = 120_000

/**
 * Ends a docket that is closing: the custodian destroys the endpoint's key, the five keys are destroyed, rows and files deleted,
 * everything the system wrote is searched for the docket's markers, and a receipt of all that goes into the ledger for both sides
 * to sign. Every step may run again after a crash.
 */
export async function closeDocket(desk: DocketDesk, id: string): Promise<void> {
  const purge = await beginPurge(desk, id)
  if (purge === null) return
  await desk.keys.erase(purge.slots)
  for (const text of purge.blobs) {
    const name = parseBlobName(text)
    if (name !== null) await desk.blobs.delete(name)
  }
  await inTransaction(desk.store, 'all', (tx) => deleteContent(tx, id))
  await writeReceipt(desk, id, purge, await search(desk, id))
}

/** Asks again for every purge that has not come to its receipt: a job that was tried in vain for days is gone. For a start. */
export async function resumeClosings(desk: DocketDesk): Promise<void> {
  await inTransaction(desk.store, 'all', async (tx) => {
    for (const docket of await unpurgedIds(tx)) await desk.queue.send(tx, 'docket-close', { docket })
  })
}

/** Notes what must be destroyed, in a body that holds nothing else; null where there is nothing to do. */
async function beginPurge(desk: DocketDesk, id: string): Promise<Purge | null> {
  const before = await inTransaction(desk.store, 'all', (tx) => loadDocket(desk, tx, id))
  if (before === null || before.docket.state !== 'closing' || before.docket.closing?.receiptDigest) return null
  if (before.purge !== null) return before.purge
  await endRuns(desk, id, before.now - before.docket.closing!.startedAt)
  const { endpoint: recorded, kind } = before.docket
  // Asked also where the record knows of no endpoint: a server that died between the two left a key in custody all the same.
  const erased = kind === 'notice' ? null : await eraseKey(desk, id)
  await takeCustodyLog(desk, id)
  const [fresh] = await desk.keys.allocate(1)
  return await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadDocket(desk, tx, id, true)
    if (loaded === null || loaded.purge !== null) return loaded?.purge ?? null
    const { counts, blobs } = await countDocket(tx, id)
    const head = await logHead(tx, id)
    const slots = slotsOf(loaded.row)
    const facts = { slots, blobs, counts: { ...counts, keys: slots.length, files: blobs.length } }
    const key = { stillTaken: erased?.stillTaken ?? null, endpoint: recorded !== null || erased !== null }
    const purge: Purge = { ...facts, ...key, logHead: head.head, logEntries: head.entries }
    const bare = { docket: bareDocket(loaded.docket), model: '', question: '', calls: [], custody: null, purge }
    await replaceBody(tx, id, fresh!.slot, sealBody(fresh!.key, id, bare, desk.random))
    return purge
  })
}

/** A run may have a suite in clear on disk: it ends first, and is waited for, but not for ever. */
async function endRuns(desk: DocketDesk, id: string, since: number): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if ((await inTransaction(desk.store, 'all', (tx) => stopRuns(tx, id))) === 0) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  if (since < RUNS_END_MS) throw new RunsGoOn('measurements of a docket that is closing have not ended')
}

/** Has the key in custody destroyed; null where there was none. */
async function eraseKey(desk: DocketDesk, docket: string): Promise<Pick<Purge, 'stillTaken'> | null> {
  await askCustody(desk.custody, { do: 'shut', docket, why: 'closing' })
  const answer = await askCustody(desk.custody, { do: 'erase', docket })
  if (answer.did === 'erased') return { stillTaken: answer.stillTaken }
  if (answer.did === 'refused' && (answer.code === 'custody.not-registered' || answer.code === 'custody.unknown-docket'))
    return null
  throw new CustodyKeeps('the custodian did not destroy the key of a docket')
}

/** Looks for the docket's markers in all files and rows. */
async function search(desk: DocketDesk, id: string): Promise<ReceiptStatement['scan']> {
  const forms = formsOf(canaryOf(desk, id))
  const sum = { bytes: 0, files: 0, rows: 0, found: 0 }
  for (const folder of desk.folders) {
    const { bytes, files, found } = await scanFolder(folder, forms)
    sum.bytes += bytes
    sum.files += files
    sum.found += found
  }
  const texts = forms.map((form) => form.toString('latin1'))
  const { rows, found } = await inTransaction(desk.store, 'all', (tx) => searchRows(tx, texts))
  return { ...sum, rows, found: sum.found + found }
}

async function writeReceipt(desk: DocketDesk, id: string, purge: Purge, scan: ReceiptStatement['scan']): Promise<void> {
  const answer = await tellDocket(desk, id, ({ docket, now }) => {
    const { window } = docket
    const { openedAt, closed } = window ?? { openedAt: null, closed: null }
    const statement: ReceiptStatement = {
      type: 'weir/docket-receipt/1',
      docket: id,
      why: docket.withdrawnAt === null ? 'ended' : 'withdrawn',
      openedAt: formatInstant(docket.openedAt),
      purgedAt: formatInstant(now),
      window:
        openedAt === null || closed === null
          ? null
          : { openedAt: formatInstant(openedAt), closedAt: formatInstant(closed.at), endedBy: closed.why },
      destroyed: purge.counts,
      endpointKey: keyWords(purge),
      log: { entries: purge.logEntries, head: purge.logHead },
      scan,
      residual: residualOf(scan.found),
    }
    const digest = receiptDigest(statement)
    const row: ReceiptRow = { statement, signature: signStatement(desk.keys, statement) }
    return done({
      command: { do: 'purged', receiptDigest: digest },
      async store(tx, after) {
        const interval = await openInterval(tx, desk.keys)
        const { bytes, position } = interval.commit(id, committedStatement(id, digest))
        await storeReceipt(tx, 'docket', id, {
          receipt: Buffer.from(JSON.stringify(row)),
          counted: JSON.stringify(countedOf(after)),
          interval: interval.index,
          position,
          commitment: bytes,
        })
      },
    })
  })
  if (!answer.ok) throw new Error(`a purge could not be recorded: ${answer.code}`)
}

/** What the ledger holds of a receipt. */
export function committedStatement(docket: string, digest: string) {
  return { type: 'weir/docket-receipt/1', docket, digest }
}

function keyWords({ endpoint, stillTaken }: Purge): ReceiptStatement['endpointKey'] {
  if (!endpoint) return 'none'
  if (stillTaken === null) return 'erased, endpoint not reached'
  return stillTaken ? 'erased, the endpoint still took it' : 'erased, no longer taken'
}
