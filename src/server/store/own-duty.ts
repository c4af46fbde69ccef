import { at, type Tx } from './connection.ts'
import type { DutyTables } from './duty-tables.ts'

export type OwnDutyRow = DutyTables['own_duty']

/** The duties of one organisation, the oldest first. */
export async function ownDutiesOf(tx: Tx, organisation: string): Promise<OwnDutyRow[]> {
  return await tx.db
    .selectFrom('own_duty')
    .selectAll()
    .where('organisation_id', '=', organisation)
    .orderBy('made_at')
    .orderBy('id')
    .execute()
}

/** One duty of that organisation, held until the transaction ends. */
export async function ownDutyOf(tx: Tx, organisation: string, id: string): Promise<OwnDutyRow | undefined> {
  return await tx.db
    .selectFrom('own_duty')
    .selectAll()
    .where('organisation_id', '=', organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** Whether the organisation gave that id already, by its keyed digest, to another duty than `but`. */
export async function isNamed(tx: Tx, organisation: string, digest: Buffer, but: string | null): Promise<boolean> {
  const found = await tx.db
    .selectFrom('own_duty')
    .select('id')
    .where('organisation_id', '=', organisation)
    .where('name_digest', '=', digest)
    .executeTakeFirst()
  return found !== undefined && found.id !== but
}

export async function insertOwnDuty(tx: Tx, row: OwnDutyRow): Promise<void> {
  await tx.db
    .insertInto('own_duty')
    .values({ ...row, made_at: at(row.made_at) as never })
    .execute()
}

/** Writes a duty anew, in its own place. */
export async function updateOwnDuty(tx: Tx, row: OwnDutyRow): Promise<void> {
  const { organisation_id, id, version, body, name_digest } = row
  await tx.db
    .updateTable('own_duty')
    .set({ version, body, name_digest })
    .where('organisation_id', '=', organisation_id)
    .where('id', '=', id)
    .execute()
}

export async function deleteOwnDuty(tx: Tx, organisation: string, id: string): Promise<void> {
  await tx.db.deleteFrom('own_duty').where('organisation_id', '=', organisation).where('id', '=', id).execute()
}
