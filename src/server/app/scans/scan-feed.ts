import type { ScanFeed } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScanRead } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { MINUTE } from '../../../core/kernel/instant.ts'
import type { OptOut } from '../../../core/scans/opt-out.ts'
import type { ScanRoute } from '../../../core/scans/scan-route.ts'
import { inTransaction } from '../../store/connection.ts'
import { selectCertificates } from '../../store/scan-certificate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { certificateView } from './certificate-view.ts'
import { noticesOf } from './notice-rows.ts'
import { optOutView, routeView } from './notice-view.ts'
import type { ScanDesk } from './scan-desk.ts'

const CERTIFICATES = 2000

/** The public feed, made at most once a minute whoever asks: opt-outs, routes, certificates. There is no claim in it. */
export function scanFeed(desk: ScanDesk): (who: Principal) => Promise<Answer<Presented<ScanFeed>>> {
  let held: { readonly until: number; readonly feed: Promise<ScanFeed> } | null = null
  return async (who) => {
    const now = desk.clock()
    if (held === null || now >= held.until || held.until > now + MINUTE) {
      const feed = build(desk)
      held = { until: now + MINUTE, feed }
      feed.catch(() => {
        held = null
      })
    }
    const shown = presentScanRead(who, 'scan-feed', await held.feed)
    return shown === null ? NOT_FOUND : done(shown)
  }
}

async function build(desk: ScanDesk): Promise<ScanFeed> {
  return await inTransaction(desk.store, 'all', async (tx) => ({
    feed: 'weir/scans/1' as const,
    optOuts: (await noticesOf<OptOut>(desk, tx, 'opt_out', null)).map(optOutView),
    routes: (await noticesOf<ScanRoute>(desk, tx, 'scan_route', null)).map(routeView),
    certificates: (await selectCertificates(tx, null, CERTIFICATES)).map(certificateView),
  }))
}
