import { at, type Tx } from './connection.ts'
import type { ExposureTables } from './exposure-tables.ts'

export type OwnVexRow = ExposureTables['exposure_vex']
export type OwnVexHead = Omit<OwnVexRow, 'contents'>

const HEAD = [
  'organisation_id',
  'id',
  'version',
  'key_slot',
  'document_digest',
  'body',
  'received_at',
] as const satisfies readonly (keyof OwnVexRow)[]

/** The documents of one organisation without their statements, the newest first. */
export async function ownVexOf(tx: Tx, organisation: string): Promise<OwnVexHead[]> {
  return await tx.db
    .selectFrom('exposure_vex')
    .select(HEAD)
    .where('organisation_id', '=', organisation)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute()
}

/** The document of that keyed name, held until the transaction ends. */
export async function ownVexNamed(tx: Tx, organisation: string, digest: Buffer): Promise<OwnVexHead | undefined> {
  return await tx.db
    .selectFrom('exposure_vex')
    .select(HEAD)
    .where('organisation_id', '=', organisation)
    .where('document_digest', '=', digest)
    .forUpdate()
    .executeTakeFirst()
}

export async function putOwnVex(tx: Tx, row: OwnVexRow): Promise<void> {
  const values = { ...row, received_at: at(row.received_at) as never }
  await tx.db
    .insertInto('exposure_vex')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation_id', 'id']).doUpdateSet(values))
    .execute()
}

/** Takes a document out; its key slot, or undefined where it was not there. */
export async function deleteOwnVex(tx: Tx, organisation: string, id: string): Promise<number | undefined> {
  const gone = await tx.db
    .deleteFrom('exposure_vex')
    .where('organisation_id', '=', organisation)
    .where('id', '=', id)
    .returning('key_slot')
    .executeTakeFirst()
  return gone?.key_slot
}

/** Every document by id and version, whosesoever: what a process compares with what it holds. */
export async function ownVexVersions(tx: Tx): Promise<{ organisation_id: string; id: string; version: number }[]> {
  return await tx.db.selectFrom('exposure_vex').select(['organisation_id', 'id', 'version']).execute()
}

/** Whole rows of those ids that are still there. */
export async function ownVexById(tx: Tx, ids: readonly string[]): Promise<OwnVexRow[]> {
  return ids.length === 0 ? [] : await tx.db.selectFrom('exposure_vex').selectAll().where('id', 'in', ids).execute()
}
