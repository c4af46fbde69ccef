import { sql } from 'kysely'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import type { Queue } from '../../jobs/queue.ts'
import type { Tx } from '../../store/connection.ts'
import type { Custody } from './custody-port.ts'

/** What commands of dockets stand on beside the records. */
export interface DocketDesk extends Ground {
  readonly queue: Queue
  readonly custody: Custody
  /** Folders that a closing looks through for what was sealed; empty where records and files lie elsewhere. */
  readonly folders: readonly string[]
}

/** The instant by which access is judged: the later of the host's clock and the database's, so that no window closes late. */
export async function decidingNow(desk: Pick<DocketDesk, 'clock'>, tx: Tx): Promise<Instant> {
  const { rows } = await sql<{ at: number }>`select clock_timestamp() as at`.execute(tx.db)
  return instant(Math.max(desk.clock(), Math.floor(rows[0]?.at ?? 0)))
}
