import type { AddScanRequest, ScanRequestList, TakeScanRequest } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScans } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { isPlain } from '../../../core/scans/plain-text.ts'
import { no } from '../../../core/scans/scan-refusal.ts'
import { placeText, readTarget } from '../../../core/scans/scan-target.ts'
import { inTransaction } from '../../store/connection.ts'
import { closeRequest, insertRequest, openRequests, type RequestBody, requestById } from '../../store/scan-request.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { holdRequest } from './act-claim.ts'
import { claimTarget, type Made } from './make-claim.ts'
import { recordScan } from './record-scan.ts'
import { requestViews } from './request-view.ts'
import { scanDenied } from './scan-denied.ts'
import type { ScanDesk } from './scan-desk.ts'
import { WEAKNESSES } from './weakness-tree.ts'

/** Open requests in the order in which they are offered, with the rule of the order. */
export async function listScanRequests(desk: ScanDesk, who: Principal): Promise<Answer<Presented<ScanRequestList>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const shown = presentScans(who, 'scan-request', await requestViews(desk, tx, who))
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** A coordinator asks for a look at a target, or closes such a request. Answers the list as it stands then. */
export async function addScanRequest(
  desk: ScanDesk,
  who: Principal,
  given: AddScanRequest,
): Promise<Answer<Presented<ScanRequestList>>> {
  const now = desk.clock()
  if (given.do === 'close') {
    const closed = await inTransaction(desk.store, 'none', async (tx) => {
      const row = await requestById(tx, given.id)
      if (row === null) return NOT_FOUND
      if (row.closed) return scanDenied(no('request.closed'))
      await closeRequest(tx, row.id, row.version + 1, now)
      await recordScan(tx, 'scan-request', { id: row.id, version: row.version + 1 }, 'scan-request-closed', now, who)
      return done(null)
    })
    return closed.ok ? await listScanRequests(desk, who) : closed
  }
  const read = readTarget(given, WEAKNESSES)
  if (!read.ok) return scanDenied(read)
  if (!isPlain(given.source, 500)) return scanDenied(no('notice.text'))
  const body: RequestBody = { target: read.target, criticality: given.criticality, source: given.source }
  const added = await inTransaction(desk.store, 'none', async (tx) => {
    const there = await openRequests(tx, [read.target.name])
    if (there.some((one) => placeText(one.body.target) === placeText(read.target))) return scanDenied(no('request.exists'))
    const id = newId('scan-request', desk.random)
    await insertRequest(tx, id, body, now)
    await recordScan(tx, 'scan-request', { id, version: 1 }, 'scan-request-asked', now, who)
    return done(null)
  })
  return added.ok ? await listScanRequests(desk, who) : added
}

/** Takes a request as a claim of the caller's organisation; while the claim is held others see that the request is taken. */
export async function takeScanRequest(
  desk: ScanDesk,
  who: Principal,
  text: string,
  given: TakeScanRequest,
): Promise<Answer<Made>> {
  const id = parseId('scan-request', text)
  if (id === null) return NOT_FOUND
  const found = await inTransaction(desk.store, 'none', async (tx) => await requestById(tx, id))
  if (found === null) return NOT_FOUND
  if (found.closed) return scanDenied(no('request.closed'))
  const { days, reach, consent, key } = given
  const wanted = { target: found.body.target, days, reach, consent, key, request: id }
  return await claimTarget(desk, who, wanted, async (tx) => await holdRequest(tx, id))
}
