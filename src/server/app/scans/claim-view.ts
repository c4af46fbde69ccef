import type { ClaimOut } from '../../../contract/shapes/scan.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { RENEWALS } from '../../../core/scans/claim.ts'
import { writeTarget } from '../../../core/scans/scan-target.ts'
import type { Tx } from '../../store/connection.ts'
import { overlapsOf } from '../../store/scan-overlap.ts'
import { type LoadedClaim, openClaim } from './claim-body.ts'
import { optOutsOf } from './opt-out-rows.ts'
import type { ScanDesk } from './scan-desk.ts'

/** Claims of one organisation as it reads them: each with every other organisation it overlaps, once, and what the project says. */
export async function claimViews(
  desk: ScanDesk,
  tx: Tx,
  organisation: string,
  loaded: readonly LoadedClaim[],
): Promise<ClaimOut[]> {
  const told = await overlapsOf(
    tx,
    organisation,
    loaded.map(({ claim }) => claim.id),
  )
  const reach = await reachOf(desk, tx, [...new Set(told.map(({ other_id }) => other_id))])
  const namesOf = await desk.names.load(tx)
  const said = await optOutsOf(tx, [...new Set(loaded.flatMap(({ target }) => namesOf(target.name)))])
  const views: ClaimOut[] = []
  for (const { claim, target, row } of loaded) {
    const names = namesOf(target.name)
    views.push({
      id: claim.id,
      version: claim.version,
      state: claim.state,
      ...writeTarget(target),
      madeAt: formatInstant(claim.madeAt),
      endsAt: formatInstant(claim.endsAt),
      endedAt: claim.endedAt === null ? null : formatInstant(claim.endedAt),
      renewalsLeft: claim.state === 'active' ? RENEWALS - claim.renewals : 0,
      request: row.request_id,
      conditions: said.filter(({ name }) => names.includes(name)).map(({ says }) => says) as ClaimOut['conditions'],
      overlaps: told
        .filter(({ claim_id }) => claim_id === claim.id)
        .map(({ contact, other_id, at }) => ({
          contact,
          reach: reach.get(other_id) ?? null,
          at: formatInstant(instant(at)),
        })),
    })
  }
  return views
}

/** What the other sides want to be told, by claim: their own words, written to be told in an overlap. */
async function reachOf(desk: ScanDesk, tx: Tx, claims: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (claims.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('scan_claim')
    .selectAll()
    .where('id', 'in', [...claims])
    .execute()
  return new Map(
    rows.flatMap((row) => {
      const words = openClaim(desk, row)?.reach ?? null
      return words === null ? [] : [[row.id, words] as const]
    }),
  )
}
