import { sql } from 'kysely'
import type { Tx } from './connection.ts'

/** NOTIFY at the commit of whatever changes what an organisation runs or owes; it carries the organisation's id and nothing else. */
export const OWED_CHANGED = 'weir_owed'

/** Tells every process, once this transaction is committed, that something of an organisation's inventories or obligations changed. */
export async function tellOwed(tx: Tx, organisation: string): Promise<void> {
  await sql`select pg_notify(${OWED_CHANGED}, ${organisation})`.execute(tx.db)
}
