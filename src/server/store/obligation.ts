import { sql } from 'kysely'
import { at, type Tx } from './connection.ts'
import type { ExposureTables } from './exposure-tables.ts'
import { tellOwed } from './owed-news.ts'

export type ObligationRow = ExposureTables['obligation']

const AT_ONCE = 500

/** One writer of an organisation's obligations at a time, until the transaction ends. */
export async function holdObligations(tx: Tx, organisation: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('obligation'), hashtext(${organisation}))`.execute(tx.db)
}

/** All obligations of one organisation, or those that stand in one of these ways; `not-affected`: on some of their assets too. */
export async function obligationsOf(
  tx: Tx,
  organisation: string,
  standings: readonly string[] | null = null,
): Promise<ObligationRow[]> {
  let query = tx.db.selectFrom('obligation').selectAll().where('organisation_id', '=', organisation)
  if (standings !== null) {
    query = query.where((of) => {
      const named = of('standing', 'in', standings)
      return standings.includes('not-affected') ? of.or([named, of('held_assets', '>', 0)]) : named
    })
  }
  return await query.orderBy('due_at').orderBy('id').execute()
}

/** How many obligations an organisation has, settled ones too; of these components only, where some are named. */
export async function countObligations(tx: Tx, organisation: string, places: readonly Buffer[] | null = null): Promise<number> {
  let query = tx.db
    .selectFrom('obligation')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('organisation_id', '=', organisation)
  if (places !== null) query = query.where(sql<boolean>`place_digest = any(${[...places]}::bytea[])`)
  return Number((await query.executeTakeFirstOrThrow()).count)
}

/** On how many assets flaws are held not affected, each flaw by itself. */
export async function heldNotAffected(tx: Tx, organisation: string): Promise<number> {
  const { held } = await tx.db
    .selectFrom('obligation')
    .select((of) => of.fn.coalesce(of.fn.sum<number>('held_assets'), sql<number>`0`).as('held'))
    .where('organisation_id', '=', organisation)
    .executeTakeFirstOrThrow()
  return Number(held)
}

/** Obligations about one of these components, or about one of these flaws whatever the component. */
export async function obligationsAbout(
  tx: Tx,
  organisation: string,
  { places, flaws }: { readonly places: readonly Buffer[]; readonly flaws: readonly Buffer[] },
): Promise<ObligationRow[]> {
  if (places.length + flaws.length === 0) return []
  return await tx.db
    .selectFrom('obligation')
    .selectAll()
    .where('organisation_id', '=', organisation)
    .where((of) =>
      of.or([
        sql<boolean>`place_digest = any(${[...places]}::bytea[])`,
        sql<boolean>`flaw_digest = any(${[...flaws]}::bytea[])`,
      ]),
    )
    .execute()
}

/** Obligations of these ids. */
export async function obligationsById(tx: Tx, organisation: string, ids: readonly string[]): Promise<ObligationRow[]> {
  if (ids.length === 0) return []
  return await tx.db
    .selectFrom('obligation')
    .selectAll()
    .where('organisation_id', '=', organisation)
    .where('id', 'in', ids)
    .execute()
}

/** Writes obligations, new or anew. */
export async function putObligations(tx: Tx, rows: readonly ObligationRow[]): Promise<void> {
  const instantOf = (ms: number | null) => (ms === null ? null : (at(ms) as never))
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const values = rows
      .slice(from, from + AT_ONCE)
      .map((row) => ({ ...row, due_at: instantOf(row.due_at), until_at: instantOf(row.until_at) }))
    await tx.db
      .insertInto('obligation')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'id']).doUpdateSet((of) => ({
          version: of.ref('excluded.version'),
          standing: of.ref('excluded.standing'),
          due_at: of.ref('excluded.due_at'),
          until_at: of.ref('excluded.until_at'),
          open_assets: of.ref('excluded.open_assets'),
          settled_assets: of.ref('excluded.settled_assets'),
          held_assets: of.ref('excluded.held_assets'),
          body: of.ref('excluded.body'),
        })),
      )
      .execute()
  }
  for (const organisation of new Set(rows.map(({ organisation_id }) => organisation_id))) await tellOwed(tx, organisation)
}

export async function deleteObligations(tx: Tx, organisation: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.db.deleteFrom('obligation').where('organisation_id', '=', organisation).where('id', 'in', ids).execute()
  await tellOwed(tx, organisation)
}

/** Organisations with a deferral whose end has come. */
export async function endedDeferrals(tx: Tx, now: number): Promise<{ organisation_id: string; id: string }[]> {
  return await tx.db
    .selectFrom('obligation')
    .select(['organisation_id', 'id'])
    .where('until_at', '<=', at(now) as never)
    .orderBy('until_at')
    .limit(1_000)
    .execute()
}

/** Every organisation that owes anything. */
export async function owingOrganisations(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('obligation').select('organisation_id').distinct().execute()
  return rows.map(({ organisation_id }) => organisation_id)
}
