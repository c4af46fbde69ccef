import type { ClaimList, ContactOut } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentClaim, presentClaims, presentScanRead } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { inTransaction } from '../../store/connection.ts'
import { pageOfClaims } from '../../store/scan-claim.ts'
import { whoseContact } from '../../store/scan-overlap.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { openClaim } from './claim-body.ts'
import { claimViews } from './claim-view.ts'
import type { ScanDesk } from './scan-desk.ts'

export interface ClaimPage {
  readonly before: { readonly at: number; readonly id: string } | null
  readonly limit: number
}

/** Claims of the caller's organisation, the newest first, with whom each overlaps. */
export async function listClaims(
  desk: ScanDesk,
  who: Principal,
  page: ClaimPage,
  cursor: (at: { at: number; id: string }) => string,
): Promise<Answer<Presented<ClaimList>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const rows = await pageOfClaims(tx, organisation, page.before, page.limit)
    const loaded = rows.flatMap((row) => openClaim(desk, row) ?? [])
    const views = await claimViews(desk, tx, organisation, loaded)
    const last = rows.length === page.limit ? rows.at(-1) : undefined
    const shown = presentClaims(who, {
      rows: views.flatMap((view) => presentClaim(who, organisation, view) ?? []),
      next: last === undefined ? null : cursor({ at: last.made_at, id: last.id }),
    })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** Whose an opaque contact is: coordination brings two sides together when one asks it to. */
export async function readContact(desk: ScanDesk, who: Principal, text: string): Promise<Answer<Presented<ContactOut>>> {
  const contact = parseId('contact', text)
  if (contact === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const found = await whoseContact(tx, contact)
    const shown =
      found === undefined ? null : presentScanRead(who, 'contact', { contact, organisation: found.id, name: found.name })
    return shown === null ? NOT_FOUND : done(shown)
  })
}
