import type { Tx } from './connection.ts'
import { tellOwed } from './owed-news.ts'
import type { Tables } from './tables.ts'

export type EdgeDeviceRow = Tables['edge_device']

/** Everything that an organisation wrote down or said of its edge devices, and of finding them. */
export async function edgeDevicesOf(tx: Tx, organisation: string): Promise<EdgeDeviceRow[]> {
  return await tx.db.selectFrom('edge_device').selectAll().where('organisation_id', '=', organisation).orderBy('id').execute()
}

/** Writes a device, new or anew, under the key it has. */
export async function putEdgeDevice(tx: Tx, row: EdgeDeviceRow): Promise<void> {
  await tx.db
    .insertInto('edge_device')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organisation_id', 'id']).doUpdateSet(row))
    .execute()
  await tellOwed(tx, row.organisation_id)
}

export async function deleteEdgeDevice(tx: Tx, organisation: string, id: string): Promise<void> {
  await tx.db.deleteFrom('edge_device').where('organisation_id', '=', organisation).where('id', '=', id).execute()
  await tellOwed(tx, organisation)
}
