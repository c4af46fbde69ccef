import { at, type Tx } from './connection.ts'
import type { ExposureTables } from './exposure-tables.ts'
import { tellOwed } from './owed-news.ts'

export type InventoryRow = ExposureTables['inventory']
export type InventoryHead = Omit<InventoryRow, 'contents'>

const HEAD = [
  'organisation_id',
  'id',
  'version',
  'key_slot',
  'asset_digest',
  'body',
  'received_at',
] as const satisfies readonly (keyof InventoryRow)[]

/** NOTIFY says here that an inventory came, changed or went. */
export const INVENTORIES_CHANGED = 'weir_inventories'

/** The inventories of one organisation without their components, the newest first. */
export async function inventoriesOf(tx: Tx, organisation: string): Promise<InventoryHead[]> {
  return await tx.db
    .selectFrom('inventory')
    .select(HEAD)
    .where('organisation_id', '=', organisation)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute()
}

/** One inventory of that organisation, held until the transaction ends. */
export async function inventoryOf(tx: Tx, organisation: string, id: string): Promise<InventoryHead | undefined> {
  return await tx.db
    .selectFrom('inventory')
    .select(HEAD)
    .where('organisation_id', '=', organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** The inventory of the asset of that keyed name, held until the transaction ends. */
export async function inventoryOfAsset(tx: Tx, organisation: string, digest: Buffer): Promise<InventoryHead | undefined> {
  return await tx.db
    .selectFrom('inventory')
    .select(HEAD)
    .where('organisation_id', '=', organisation)
    .where('asset_digest', '=', digest)
    .forUpdate()
    .executeTakeFirst()
}

/** How many inventories an organisation keeps. */
export async function countInventories(tx: Tx, organisation: string): Promise<number> {
  const { count } = await tx.db
    .selectFrom('inventory')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('organisation_id', '=', organisation)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function putInventory(tx: Tx, row: InventoryRow): Promise<void> {
  const values = { ...row, received_at: at(row.received_at) as never }
  await tx.db
    .insertInto('inventory')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organisation_id', 'id']).doUpdateSet(values))
    .execute()
  await tellOwed(tx, row.organisation_id)
}

/** Writes what is said of an asset anew; its components stay. */
export async function putInventoryBody(tx: Tx, { organisation_id, id, version, body }: InventoryHead): Promise<void> {
  await tx.db
    .updateTable('inventory')
    .set({ version, body })
    .where('organisation_id', '=', organisation_id)
    .where('id', '=', id)
    .execute()
  await tellOwed(tx, organisation_id)
}

export async function deleteInventory(tx: Tx, organisation: string, id: string): Promise<void> {
  await tx.db.deleteFrom('inventory').where('organisation_id', '=', organisation).where('id', '=', id).execute()
  await tellOwed(tx, organisation)
}

/** Every inventory by id and version, whosesoever: what a process compares with what it holds. */
export async function inventoryVersions(tx: Tx): Promise<{ organisation_id: string; id: string; version: number }[]> {
  return await tx.db.selectFrom('inventory').select(['organisation_id', 'id', 'version']).execute()
}

/** The same of one organisation. */
export async function inventoryVersionsOf(tx: Tx, organisation: string): Promise<{ id: string; version: number }[]> {
  return await tx.db.selectFrom('inventory').select(['id', 'version']).where('organisation_id', '=', organisation).execute()
}

/** Whole rows of those ids that are still there. */
export async function inventoriesById(tx: Tx, ids: readonly string[]): Promise<InventoryRow[]> {
  return ids.length === 0 ? [] : await tx.db.selectFrom('inventory').selectAll().where('id', 'in', ids).execute()
}
