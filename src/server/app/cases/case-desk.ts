import { sql } from 'kysely'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'

/** What commands of cases stand on beside the records. */
export interface CaseDesk extends Ground {
  /** The second clock, against which the host's is held: epoch milliseconds. */
  readonly secondClock: (tx: Tx) => Promise<number>
}

/** The database's clock. */
export async function databaseClock(tx: Tx): Promise<number> {
  const { rows } = await sql<{ at: number }>`select clock_timestamp() as at`.execute(tx.db)
  return Math.floor(rows[0]?.at ?? 0)
}
