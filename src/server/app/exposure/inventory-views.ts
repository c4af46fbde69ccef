import type { InventoryList, InventoryOut, InventoryWhole } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { type InventoryHead, inventoriesOf, inventoryOf } from '../../store/inventory.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { type InventoryBody, openInventory } from './inventory-body.ts'

/** An inventory as its organisation lists it. */
export function inventoryOut(row: Pick<InventoryHead, 'id' | 'received_at'>, body: InventoryBody): InventoryOut {
  const { asset, tags, format, distribution, subject, components, unmatched } = body
  const name = subject === null ? null : [subject.name, subject.version].filter((part) => part !== null).join(' ')
  const receivedAt = formatInstant(instant(row.received_at))
  return {
    id: row.id,
    asset,
    distribution,
    tags,
    format,
    subject: name === '' ? null : name,
    receivedAt,
    components,
    unmatched,
  }
}

/** The same with what of it could not be matched. */
export function wholeInventory(row: Pick<InventoryHead, 'id' | 'received_at'>, body: InventoryBody): InventoryWhole {
  return { ...inventoryOut(row, body), set: [...body.set] }
}

/** Inventories of the caller's organisation, the newest first; `after` is the id where the page before ended. */
export async function listInventories(
  desk: ExposureDesk,
  who: Principal,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<Answer<Presented<InventoryList>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const rows = await inTransaction(desk.store, { organisation }, async (tx) => await inventoriesOf(tx, organisation))
  const from = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1
  const page = rows.slice(from, from + limit)
  const listed = page.flatMap((row) => {
    const body = openInventory(desk, row)
    return body === null ? [] : [inventoryOut(row, body)]
  })
  const next = from + limit < rows.length ? page.at(-1)!.id : null
  const shown = presentExposure(who, organisation, { action: 'list', noun: 'inventory' }, { rows: listed, next })
  return shown === null ? NOT_FOUND : done(shown)
}

/** One inventory of the caller's organisation. */
export async function readInventory(
  desk: ExposureDesk,
  who: Principal,
  text: string,
): Promise<Answer<Presented<InventoryWhole>>> {
  const id = parseId('inventory', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  const row = await inTransaction(desk.store, { organisation }, async (tx) => await inventoryOf(tx, organisation, id))
  const body = row === undefined ? null : openInventory(desk, row)
  if (row === undefined || body === null) return NOT_FOUND
  const shown = presentExposure(who, organisation, { action: 'read', noun: 'inventory' }, wholeInventory(row, body))
  return shown === null ? NOT_FOUND : done(shown)
}
