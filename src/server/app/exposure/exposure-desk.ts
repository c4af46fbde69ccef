import type { Ground } from '../../ground.ts'
import type { InventoryBook } from './inventory-book.ts'
import type { KnownBook } from './known-book.ts'
import type { OwnVexBook } from './own-vex-book.ts'

/** What commands and queries about inventories and obligations stand on. */
export interface ExposureDesk extends Ground {
  readonly known: KnownBook
  readonly book: InventoryBook
  readonly vex: OwnVexBook
  /** Reads what the database has and this process has not: inventories first, then what is owed. */
  readonly follow: () => Promise<void>
  /** The same, and works out again all that an organisation owes. */
  readonly renew: (organisation: string) => Promise<void>
}
