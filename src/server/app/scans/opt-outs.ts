import type { AddOptOut, OptOutList, OptOutOut } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScans } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import { type EnteredBy, evolveOptOut, type OptOut, stateOptOut, withdrawOptOut } from '../../../core/scans/opt-out.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { commitEntry } from './commit-entry.ts'
import { noticeById, noticesOf, putNotice } from './notice-rows.ts'
import { optOutView } from './notice-view.ts'
import { recordScan } from './record-scan.ts'
import { scanDenied } from './scan-denied.ts'
import type { ScanDesk } from './scan-desk.ts'
import { readStated } from './stated.ts'

/** What projects say about being scanned, in force; of one target where it is named. */
export async function listOptOuts(
  desk: ScanDesk,
  who: Principal,
  target: string | null,
): Promise<Answer<Presented<OptOutList>>> {
  return await inTransaction(desk.store, 'none', async (tx) => {
    const rows = (await noticesOf<OptOut>(desk, tx, 'opt_out', target)).map(optOutView)
    const shown = presentScans(who, 'opt-out', { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** A coordinator enters what a project says, with source and day, or that it took it back. */
export async function addOptOut(desk: ScanDesk, who: Principal, given: AddOptOut): Promise<Answer<Presented<OptOutOut>>> {
  if (who.person === null) return NOT_FOUND
  const by: EnteredBy = { as: 'coordinator', person: who.person }
  return await inTransaction(desk.store, 'none', async (tx) => {
    const now = desk.clock()
    if (given.do === 'withdraw') {
      const optOut = await noticeById<OptOut>(tx, 'opt_out', given.id)
      if (optOut === null) return NOT_FOUND
      const decision = withdrawOptOut(optOut, by, now)
      if (!decision.ok) return scanDenied(decision)
      return await keep(desk, tx, who, decision.events.reduce(evolveOptOut, optOut), 'opt-out-withdrawn')
    }
    const stated = readStated(given)
    if (!stated.ok) return stated
    const { name, ...where } = stated.value
    const id = newId('opt-out', desk.random)
    const decision = stateOptOut({ id, name, says: given.says, stated: where, enteredBy: by }, now)
    if (!decision.ok) return scanDenied(decision)
    return await keep(desk, tx, who, decision.events.reduce(evolveOptOut, null as unknown as OptOut), 'opt-out-stated')
  })
}

async function keep(
  desk: ScanDesk,
  tx: Tx,
  who: Principal,
  optOut: OptOut,
  type: string,
): Promise<Answer<Presented<OptOutOut>>> {
  const view = optOutView(optOut)
  await putNotice(tx, 'opt_out', optOut)
  await commitEntry(desk, tx, optOut, { type: 'weir/opt-out/1', ...view })
  await recordScan(tx, 'opt-out', optOut, type, desk.clock(), who)
  const shown = presentScans(who, 'opt-out', view)
  return shown === null ? NOT_FOUND : done(shown)
}
