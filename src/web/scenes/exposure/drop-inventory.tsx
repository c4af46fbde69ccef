import type { InventoryOut } from '../../../contract/shapes/exposure.ts'
import { DropForGood } from './drop-for-good.tsx'
import { inventoryPath } from './queries.ts'

/** Drops an inventory for good, after saying what that does. */
export function DropInventory({ of }: { of: InventoryOut }) {
  return (
    <DropForGood path={inventoryPath(of.id)} label="Drop this inventory">
      Its key is destroyed: nobody can read it again. What it named leaves the list of what needs you, though nothing was
      patched.
    </DropForGood>
  )
}
