import { type Selectable, sql } from 'kysely'
import type { Claim } from '../../core/scans/claim.ts'
import type { ClaimStanding } from '../../core/scans/claim-quota.ts'
import { at, type Tx } from './connection.ts'
import type { ScanClaimTable } from './scan-tables.ts'

export type ClaimRow = Selectable<ScanClaimTable>

/** From here to the end of the transaction no other one changes any claim: two that overlap cannot miss each other. */
export async function lockClaims(tx: Tx): Promise<void> {
  await tx.db.selectFrom('work_lock').select('name').where('name', '=', 'claims').forUpdate().executeTakeFirstOrThrow()
}

/** The number of the next change; only under the lock, which makes numbers grow in the order of commits. */
const NEXT = sql<number>`(select coalesce(max(seq), 0) + 1 from scan_claim)`

export interface NewClaim {
  readonly person: string | null
  readonly keySlot: number
  readonly body: Buffer
  readonly placeKey: Buffer
  readonly keyDigest: Buffer | null
  readonly whole: boolean
  readonly request: string | null
}

/** A new claim's row, under the lock. */
export async function insertClaim(tx: Tx, claim: Claim, more: NewClaim): Promise<void> {
  const { id, version, state, organisation, madeAt, endsAt } = claim
  await tx.db
    .insertInto('scan_claim')
    .values({
      id,
      version,
      state,
      seq: NEXT,
      organisation_id: organisation,
      person_id: more.person,
      key_slot: more.keySlot,
      body: more.body,
      place_key: more.placeKey,
      key_digest: more.keyDigest,
      whole: more.whole,
      made_at: at(madeAt) as never,
      ends_at: at(endsAt) as never,
      ended_at: null,
      request_id: more.request,
    })
    .execute()
}

/** What changes in a claim's row with each command, under the lock. */
export async function updateClaim(tx: Tx, { id, version, state, endsAt, endedAt, renewals }: Claim): Promise<void> {
  const ended = endedAt === null ? null : (at(endedAt) as never)
  await tx.db
    .updateTable('scan_claim')
    .set({ version, state, renewals, seq: NEXT, ends_at: at(endsAt) as never, ended_at: ended })
    .where('id', '=', id)
    .execute()
}

/** Rows that changed after `seq`, in the order of their changes; ended ones only where they ended after `since`. */
export async function claimsAfter(tx: Tx, seq: number, since: number, most: number): Promise<ClaimRow[]> {
  return await tx.db
    .selectFrom('scan_claim')
    .selectAll()
    .where('seq', '>', seq)
    .where((is) => is.or([is('state', '=', 'active'), is('ended_at', '>=', at(since) as never)]))
    .orderBy('seq')
    .limit(most)
    .execute()
}

/** One claim of an organisation, by its id or by the digest of the sender's own key. */
export async function claimOf(
  tx: Tx,
  organisation: string,
  by: { readonly id: string } | { readonly keyDigest: Buffer },
): Promise<ClaimRow | undefined> {
  const query = tx.db.selectFrom('scan_claim').selectAll().where('organisation_id', '=', organisation)
  return await ('id' in by ? query.where('id', '=', by.id) : query.where('key_digest', '=', by.keyDigest)).executeTakeFirst()
}

/** What an organisation holds and did on that day, and its newest claim of that place that has ended. */
export async function standingOf(tx: Tx, organisation: string, day: string, placeKey: Buffer): Promise<ClaimStanding> {
  const { rows } = await sql<{
    open: number
    whole: number
    claims: number | null
    overlapped: number | null
    state: ScanClaimTable['state'] | null
    renewals: number | null
    ended_at: number | null
  }>`
    select held.*, today.*, before.* from
      (select count(*)::int as open, (count(*) filter (where whole))::int as whole from scan_claim
       where organisation_id = ${organisation} and state = 'active') held
      left join lateral
      (select claims, overlapped from scan_day where organisation_id = ${organisation} and day = ${day}::date) today on true
      left join lateral
      (select state, renewals, ended_at from scan_claim where organisation_id = ${organisation} and place_key = ${placeKey}
       and ended_at is not null order by ended_at desc limit 1) before on true`.execute(tx.db)
  const { open, whole, claims, overlapped, state, renewals, ended_at } = rows[0]!
  const before = state === null ? null : { state, renewals: renewals ?? 0, endedAt: ended_at ?? 0 }
  return { open, whole, day: claims ?? 0, overlaps: overlapped ?? 0, before }
}

/** Counts a claim, whether it overlapped, or a certificate, of an organisation's day; answers the day's certificates. */
export async function countScan(
  tx: Tx,
  organisation: string,
  day: string,
  more: { readonly claims?: number; readonly overlapped?: number; readonly certificates?: number },
): Promise<number> {
  const { claims = 0, overlapped = 0, certificates = 0 } = more
  const row = await tx.db
    .insertInto('scan_day')
    .values({ organisation_id: organisation, day, claims, overlapped, certificates })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'day']).doUpdateSet((set) => ({
        claims: set('scan_day.claims', '+', claims),
        overlapped: set('scan_day.overlapped', '+', overlapped),
        certificates: set('scan_day.certificates', '+', certificates),
      })),
    )
    .returning('certificates')
    .executeTakeFirstOrThrow()
  return row.certificates
}

/** Ids and organisations of claims whose lease is over. */
export async function dueClaims(tx: Tx, now: number, most: number): Promise<ClaimRow[]> {
  return await tx.db
    .selectFrom('scan_claim')
    .selectAll()
    .where('state', '=', 'active')
    .where('ends_at', '<=', at(now) as never)
    .orderBy('ends_at')
    .limit(most)
    .execute()
}

/** Claims of an organisation, the newest first, after a cursor. */
export async function pageOfClaims(
  tx: Tx,
  organisation: string,
  before: { readonly at: number; readonly id: string } | null,
  limit: number,
): Promise<ClaimRow[]> {
  let query = tx.db.selectFrom('scan_claim').selectAll().where('organisation_id', '=', organisation)
  if (before !== null) query = query.where(sql<boolean>`(made_at, id) < (${at(before.at)}, ${before.id})`)
  return await query.orderBy('made_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Takes claims that ended before `until` out of the records, under the lock; answers the slots of their keys, to be erased. */
export async function forgetClaims(tx: Tx, until: number, most: number): Promise<number[]> {
  const rows = await tx.db
    .selectFrom('scan_claim')
    .select(['id', 'key_slot'])
    .where('ended_at', '<', at(until) as never)
    // The newest change stays: numbers go on from it.
    .where(sql<boolean>`seq < (select max(seq) from scan_claim)`)
    .limit(most)
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  await tx.db
    .deleteFrom('scan_overlap')
    .where((is) => is.or([is('claim_id', 'in', ids), is('other_id', 'in', ids)]))
    .execute()
  await tx.db.deleteFrom('scan_claim').where('id', 'in', ids).execute()
  return rows.map(({ key_slot }) => key_slot)
}
