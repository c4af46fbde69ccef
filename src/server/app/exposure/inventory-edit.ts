import { sql } from 'kysely'
import type { AssetTags, InventoryGone, InventoryOut } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { deleteInventory, INVENTORIES_CHANGED, inventoryOf, putInventoryBody } from '../../store/inventory.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { openInventory, sealInventory } from './inventory-body.ts'
import { inventoryOut } from './inventory-views.ts'

const WRITE = { action: 'write', noun: 'inventory' } as const

/** Says of an asset where it stands; what is owed on it is dated anew, with the old dates kept. */
export async function tagInventory(
  desk: ExposureDesk,
  who: Principal,
  text: string,
  tags: AssetTags,
): Promise<Answer<Presented<InventoryOut>>> {
  const id = parseId('inventory', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  const out = await inTransaction(desk.store, { organisation }, async (tx) => {
    const row = await inventoryOf(tx, organisation, id)
    const body = row === undefined ? null : openInventory(desk, row)
    const [key] = row === undefined ? [] : desk.keys.get([row.key_slot])
    if (row === undefined || body === null || !key) return null
    const after = { ...body, tags, taggedAt: desk.clock() }
    await putInventoryBody(tx, { ...row, version: row.version + 1, body: sealInventory(desk, key, id, after) })
    await told(tx)
    return inventoryOut(row, after)
  })
  if (out === null) return NOT_FOUND
  await desk.follow()
  const shown = presentExposure(who, organisation, WRITE, out)
  return shown === null ? NOT_FOUND : done(shown)
}

/** Drops an inventory and destroys its key; obligations that no other asset has go with it, and their keys too. */
export async function dropInventory(
  desk: ExposureDesk,
  who: Principal,
  text: string,
): Promise<Answer<Presented<InventoryGone>>> {
  const id = parseId('inventory', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  const slot = await inTransaction(desk.store, { organisation }, async (tx) => {
    const row = await inventoryOf(tx, organisation, id)
    if (row === undefined) return null
    await deleteInventory(tx, organisation, id)
    await told(tx)
    return row.key_slot
  })
  if (slot === null) return NOT_FOUND
  await desk.keys.erase([slot])
  await desk.follow()
  const shown = presentExposure(who, organisation, WRITE, { id })
  return shown === null ? NOT_FOUND : done(shown)
}

async function told(tx: Tx): Promise<void> {
  await sql`select pg_notify(${INVENTORIES_CHANGED}, '')`.execute(tx.db)
}
