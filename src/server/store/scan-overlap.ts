import { sql } from 'kysely'
import { at, type Tx } from './connection.ts'

/** That one claim overlaps another, for the side whose claim is named first. */
export interface OverlapNote {
  readonly claim: string
  readonly other: string
  readonly organisation: string
  readonly otherOrganisation: string
  readonly contact: string
}

/** Writes what both sides are told, in one statement however many there are. */
export async function insertOverlaps(tx: Tx, notes: readonly OverlapNote[], now: number): Promise<void> {
  if (notes.length === 0) return
  const column = (of: (note: OverlapNote) => string) => sql`${notes.map(of)}::text[]`
  await sql`
    insert into scan_overlap (claim_id, other_id, organisation_id, other_organisation, contact, at)
    select *, ${at(now)} from unnest(${column((n) => n.claim)}, ${column((n) => n.other)}, ${column((n) => n.organisation)},
      ${column((n) => n.otherOrganisation)}, ${column((n) => n.contact)})
    on conflict do nothing`.execute(tx.db)
}

/** What the organisation is told of each of these claims: every other organisation once, since its first overlap. */
export async function overlapsOf(
  tx: Tx,
  organisation: string,
  claims: readonly string[],
): Promise<{ claim_id: string; other_id: string; contact: string; at: number }[]> {
  if (claims.length === 0) return []
  const { rows } = await sql<{ claim_id: string; other_id: string; contact: string; at: number }>`
    select distinct on (claim_id, contact) claim_id, other_id, contact, at from scan_overlap
    where organisation_id = ${organisation} and claim_id = any(${[...claims]}::text[])
    order by claim_id, contact, at, other_id`.execute(tx.db)
  return rows
}

/** The organisation that an opaque contact stands for. */
export async function whoseContact(tx: Tx, contact: string): Promise<{ id: string; name: string } | undefined> {
  return await tx.db
    .selectFrom('scan_overlap')
    .innerJoin('organisation', 'organisation.id', 'scan_overlap.other_organisation')
    .select(['organisation.id', 'organisation.name'])
    .where('scan_overlap.contact', '=', contact)
    .limit(1)
    .executeTakeFirst()
}
