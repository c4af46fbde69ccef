import { DAY } from '../../../core/kernel/instant.ts'
import { evolveClaim } from '../../../core/scans/claim.ts'
import { decideClaim } from '../../../core/scans/decide-claim.ts'
import { STALE_DAYS } from '../../../core/scans/scan-request.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { dueClaims, forgetClaims, lockClaims, updateClaim } from '../../store/scan-claim.ts'
import { holdRequest } from './act-claim.ts'
import { openClaim } from './claim-body.ts'
import { recordScan } from './record-scan.ts'

const AT_ONCE = 200
/** How long an ended claim is kept: as long as the map of coverage counts it, and a month. */
const KEPT = (STALE_DAYS + 30) * DAY

/** Ends the leases that are over and forgets what ended long ago, its key first. Returns how many leases ended. */
export async function sweepClaims(ground: Ground): Promise<number> {
  const now = ground.clock()
  const waiting = await inTransaction(ground.store, 'all', async (tx) => ({
    due: (await dueClaims(tx, now, 1)).length,
    old: (
      await tx.db
        .selectFrom('scan_claim')
        .select('id')
        .where('ended_at', '<', at(now - KEPT) as never)
        .limit(1)
        .execute()
    ).length,
  }))
  if (waiting.due + waiting.old === 0) return 0
  const { ended, slots } = await inTransaction(ground.store, 'all', async (tx) => {
    await lockClaims(tx)
    let ended = 0
    for (const row of await dueClaims(tx, now, AT_ONCE)) {
      const loaded = openClaim(ground, row)
      if (loaded === null) continue
      const decision = decideClaim(loaded.claim, { do: 'clock' }, now)
      if (!decision.ok) continue
      const after = decision.events.reduce(evolveClaim, loaded.claim)
      for (const event of decision.events) {
        await updateClaim(tx, after)
        await recordScan(tx, 'claim', after, event.type, now, 'system:scans')
        await holdRequest(tx, row.request_id)
        ended++
      }
    }
    return { ended, slots: await forgetClaims(tx, now - KEPT, AT_ONCE) }
  })
  if (slots.length > 0) await ground.keys.erase(slots)
  return ended
}
