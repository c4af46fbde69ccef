import type { AddScanRoute, ScanRouteList, ScanRouteOut } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScans } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { EnteredBy } from '../../../core/scans/opt-out.ts'
import { evolveRoute, type ScanRoute, stateRoute, withdrawRoute } from '../../../core/scans/scan-route.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { commitEntry } from './commit-entry.ts'
import { noticeById, noticesOf, putNotice } from './notice-rows.ts'
import { routeView } from './notice-view.ts'
import { recordScan } from './record-scan.ts'
import { scanDenied } from './scan-denied.ts'
import type { ScanDesk } from './scan-desk.ts'
import { readStated } from './stated.ts'

/** Where projects want reports sent, in force; of one target where it is named. */
export async function listScanRoutes(
  desk: ScanDesk,
  who: Principal,
  target: string | null,
): Promise<Answer<Presented<ScanRouteList>>> {
  return await inTransaction(desk.store, 'none', async (tx) => {
    const rows = (await noticesOf<ScanRoute>(desk, tx, 'scan_route', target)).map(routeView)
    const shown = presentScans(who, 'scan-route', { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** A coordinator enters where a project wants reports, with source and day, or that it took it back. */
export async function addScanRoute(
  desk: ScanDesk,
  who: Principal,
  given: AddScanRoute,
): Promise<Answer<Presented<ScanRouteOut>>> {
  if (who.person === null) return NOT_FOUND
  const by: EnteredBy = { as: 'coordinator', person: who.person }
  return await inTransaction(desk.store, 'none', async (tx) => {
    const now = desk.clock()
    if (given.do === 'withdraw') {
      const route = await noticeById<ScanRoute>(tx, 'scan_route', given.id)
      if (route === null) return NOT_FOUND
      const decision = withdrawRoute(route, by, now)
      if (!decision.ok) return scanDenied(decision)
      return await keep(desk, tx, who, decision.events.reduce(evolveRoute, route), 'route-withdrawn')
    }
    const stated = readStated(given)
    if (!stated.ok) return stated
    const { name, ...where } = stated.value
    const { kind, address } = given
    const id = newId('route', desk.random)
    const decision = stateRoute({ id, name, kind, address, stated: where, enteredBy: by }, now)
    if (!decision.ok) return scanDenied(decision)
    return await keep(desk, tx, who, decision.events.reduce(evolveRoute, null as unknown as ScanRoute), 'route-stated')
  })
}

async function keep(
  desk: ScanDesk,
  tx: Tx,
  who: Principal,
  route: ScanRoute,
  type: string,
): Promise<Answer<Presented<ScanRouteOut>>> {
  const view = routeView(route)
  await putNotice(tx, 'scan_route', route)
  await commitEntry(desk, tx, route, { type: 'weir/scan-route/1', ...view })
  await recordScan(tx, 'scan-route', route, type, desk.clock(), who)
  const shown = presentScans(who, 'scan-route', view)
  return shown === null ? NOT_FOUND : done(shown)
}
