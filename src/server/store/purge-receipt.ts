import { sql } from 'kysely'
import type { Tx } from './connection.ts'

/** What is left of a case or a docket whose keys were destroyed, with its place in the ledger. */
export interface StoredReceipt {
  readonly receipt: Buffer
  readonly counted: string
  readonly interval: number
  readonly position: number
  readonly commitment: Buffer
}

/** Keeps the receipt of a purge in the row of what was purged. */
export async function storeReceipt(tx: Tx, table: 'case_file' | 'docket', id: string, stored: StoredReceipt): Promise<void> {
  const { receipt, counted, interval, position, commitment } = stored
  await sql`
    update ${sql.table(table)} set receipt = ${receipt}, counted = ${counted}, interval_index = ${interval},
      position = ${position}, commitment = ${commitment} where id = ${id}`.execute(tx.db)
}
