import type { ClaimOut } from '../../../contract/shapes/scan.ts'
import { formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import { type Claim, RENEWALS } from '../../../core/scans/claim.ts'
import type { OptOut } from '../../../core/scans/opt-out.ts'
import { writeTarget } from '../../../core/scans/scan-target.ts'
import type { Tx } from '../../store/connection.ts'
import { overlapsOf } from '../../store/scan-overlap.ts'
import { type LoadedClaim, openClaim } from './claim-body.ts'
import { optOutsOf } from './opt-out-rows.ts'
import type { ScanDesk } from './scan-desk.ts'

/** What one side is told of an overlap. */
export interface Told {
  readonly contact: string
  readonly reach: string | null
  readonly at: Instant
}

/** A claim as its organisation reads it: each other organisation once, and what the project says. */
export function claimView(claim: Claim, request: string | null, said: readonly OptOut[], told: readonly Told[]): ClaimOut {
  const { id, version, state, target, madeAt, endsAt, endedAt, renewals } = claim
  return {
    id,
    version,
    state,
    ...writeTarget(target),
    madeAt: formatInstant(madeAt),
    endsAt: formatInstant(endsAt),
    endedAt: endedAt === null ? null : formatInstant(endedAt),
    renewalsLeft: state === 'active' ? RENEWALS - renewals : 0,
    request,
    conditions: said.map(({ says }) => says) as ClaimOut['conditions'],
    overlaps: told.map(({ contact, reach, at }) => ({ contact, reach, at: formatInstant(at) })),
  }
}

/** Claims of one organisation out of the records. */
export async function claimViews(
  desk: ScanDesk,
  tx: Tx,
  organisation: string,
  loaded: readonly LoadedClaim[],
): Promise<ClaimOut[]> {
  const ids = loaded.map(({ claim }) => claim.id)
  const told = await overlapsOf(tx, organisation, ids)
  const reach = await reachOf(desk, tx, [...new Set(told.map(({ other_id }) => other_id))])
  const namesOf = await desk.names.load(tx)
  const said = await optOutsOf(tx, [...new Set(loaded.flatMap(({ target }) => namesOf(target.name)))])
  return loaded.map(({ claim, row }) => {
    const names = namesOf(claim.target.name)
    const own = told.filter(({ claim_id }) => claim_id === claim.id)
    return claimView(
      claim,
      row.request_id,
      said.filter(({ name }) => names.includes(name)),
      own.map(({ contact, other_id, at }) => ({ contact, reach: reach.get(other_id) ?? null, at: instant(at) })),
    )
  })
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
