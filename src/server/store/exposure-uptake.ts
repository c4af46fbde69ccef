import { sql } from 'kysely'
import { at, type Tx } from './connection.ts'

/** What one organisation counts of one flaw: its assets that had it, and those of them where it is settled. */
export interface OrganisationUptake {
  readonly patched: number
  readonly total: number
}

/** Counts an organisation's obligations by asset, as they stand now, for a day in UTC (`2026-11-21`). */
export async function countDay(tx: Tx, organisation: string, day: string): Promise<void> {
  await sql`insert into exposure_day (organisation_id, day, open, settled)
    select ${organisation}, ${day}::date, coalesce(sum(open_assets), 0)::int, coalesce(sum(settled_assets), 0)::int
    from obligation where organisation_id = ${organisation}
    on conflict (organisation_id, day) do update set open = excluded.open, settled = excluded.settled`.execute(tx.db)
}

/** The last 400 days that were counted, the oldest first. */
export async function daysOf(tx: Tx, organisation: string): Promise<{ day: string; open: number; settled: number }[]> {
  const rows = await tx.db
    .selectFrom('exposure_day')
    .select(['day', 'open', 'settled'])
    .where('organisation_id', '=', organisation)
    .orderBy('day', 'desc')
    .limit(400)
    .execute()
  return rows.reverse()
}

/** Keeps what an organisation says it patched of one flaw, in place of what it said before. */
export async function putPatched(
  tx: Tx,
  { organisation, flaw, patched, total, now }: OrganisationUptake & { organisation: string; flaw: Buffer; now: number },
): Promise<void> {
  const values = { patched, total, reported_at: at(now) as never }
  await tx.db
    .insertInto('patched_report')
    .values({ organisation_id: organisation, flaw_digest: flaw, ...values })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'flaw_digest']).doUpdateSet(values))
    .execute()
}

/** Whether an organisation said nothing of this flaw yet, and already speaks of as many as it may. */
export async function isPatchedFull(tx: Tx, organisation: string, flaw: Buffer, most: number): Promise<boolean> {
  const { rows } = await sql<{ full: boolean }>`
    select not exists (select from patched_report where organisation_id = ${organisation} and flaw_digest = ${flaw})
      and (select count(*) from patched_report where organisation_id = ${organisation}) >= ${most} as full`.execute(tx.db)
  return rows[0]!.full
}

/**
 * What each organisation but one (null: but none) counts of a flaw by one of its names: from its inventories here, else what it said.
 * Needs the scope `all`.
 */
export async function uptakesOf(tx: Tx, flaws: readonly Buffer[], except: string | null): Promise<OrganisationUptake[]> {
  const { rows } = await sql<{ patched: number; total: number }>`
    with hosted as (
      select organisation_id, sum(settled_assets)::int as patched, sum(open_assets + settled_assets)::int as total
      from obligation where flaw_digest = any(${[...flaws]}::bytea[]) and standing <> 'not-affected'
        and organisation_id is distinct from ${except}
      group by organisation_id),
    said as (
      select organisation_id, max(patched)::int as patched, max(total)::int as total from patched_report
      where flaw_digest = any(${[...flaws]}::bytea[]) and organisation_id is distinct from ${except} group by organisation_id)
    select patched, total from hosted where total > 0
    union all
    select patched, total from said where total > 0 and organisation_id not in (select organisation_id from hosted where total > 0)`.execute(
    tx.db,
  )
  return rows
}

/** The obligation that a repeated request was about; null where the key is new. */
export async function actOf(tx: Tx, organisation: string, key: Buffer): Promise<string | null> {
  const row = await tx.db
    .selectFrom('exposure_act')
    .select('obligation')
    .where('organisation_id', '=', organisation)
    .where('key_digest', '=', key)
    .executeTakeFirst()
  return row?.obligation ?? null
}

/** Remembers a request by its key, and forgets those of the week before last. */
export async function putAct(tx: Tx, organisation: string, key: Buffer, obligation: string, now: number): Promise<void> {
  await tx.db
    .insertInto('exposure_act')
    .values({ organisation_id: organisation, key_digest: key, obligation, done_at: at(now) as never })
    .execute()
  await tx.db
    .deleteFrom('exposure_act')
    .where('organisation_id', '=', organisation)
    .where('done_at', '<', at(now - 7 * 86_400_000) as never)
    .execute()
}
