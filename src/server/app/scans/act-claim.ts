import type { ActClaim, ClaimOut } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { evolveClaim } from '../../../core/scans/claim.ts'
import { decideClaim } from '../../../core/scans/decide-claim.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { claimOf, lockClaims, updateClaim } from '../../store/scan-claim.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { openClaim } from './claim-body.ts'
import { shown } from './make-claim.ts'
import { recordScan } from './record-scan.ts'
import { scanDenied } from './scan-denied.ts'
import type { ScanDesk } from './scan-desk.ts'

/** Renews or releases a claim of the caller's organisation. */
export async function actClaim(
  desk: ScanDesk,
  who: Principal,
  text: string,
  act: ActClaim,
): Promise<Answer<Presented<ClaimOut>>> {
  const id = parseId('claim', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    await lockClaims(tx)
    const row = await claimOf(tx, organisation, { id })
    const loaded = row === undefined ? null : openClaim(desk, row)
    if (loaded === null) return NOT_FOUND
    const now = desk.clock()
    const decision = decideClaim(loaded.claim, act, now)
    if (!decision.ok) return scanDenied(decision)
    const after = decision.events.reduce(evolveClaim, loaded.claim)
    for (const event of decision.events) {
      await updateClaim(tx, after)
      await recordScan(tx, 'claim', after, event.type, now, who)
    }
    await holdRequest(tx, loaded.row.request_id)
    const view = await shown(desk, tx, who, id, false)
    return view.ok ? done(view.value.claim) : view
  })
}

/** A request that was taken is free again when the last claim that took it ends. */
export async function holdRequest(tx: Tx, request: string | null): Promise<void> {
  if (request === null) return
  await tx.db
    .updateTable('scan_request')
    .set((set) => ({
      taken_until: set
        .selectFrom('scan_claim')
        .select((of) => of.fn.max('ends_at').as('until'))
        .where('request_id', '=', request)
        .where('state', '=', 'active'),
    }))
    .where('id', '=', request)
    .execute()
}
