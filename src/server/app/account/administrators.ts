import { sql } from 'kysely'
import type { Tx } from '../../store/connection.ts'

/**
 * True when somebody besides `person` is an active administrator. The rows are locked in one order first, so that two who would
 * remove each other at the same time cannot both find the other there.
 */
export async function anotherAdministrator(tx: Tx, person: string): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('person')
    .select('id')
    .where('state', '=', 'active')
    .where(sql<boolean>`'administrator' = any(roles)`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.some((row) => row.id !== person)
}
