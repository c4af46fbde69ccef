import type { Instant } from '../../core/kernel/instant.ts'
import { at, type Tx } from './connection.ts'
import type { DutyTables } from './duty-tables.ts'

/** What is said of public duties, by duty; one that nothing was said of has no row. */
export async function allTracks(tx: Tx): Promise<DutyTables['duty_track'][]> {
  return await tx.db.selectFrom('duty_track').selectAll().execute()
}

/** What is said of one duty, held until the transaction ends. */
export async function trackOf(tx: Tx, duty: string): Promise<DutyTables['duty_track'] | undefined> {
  return await tx.db.selectFrom('duty_track').selectAll().where('duty', '=', duty).forUpdate().executeTakeFirst()
}

/** Writes what is said of a duty; a second writer of the same version fails and reruns its command. */
export async function putTrack(tx: Tx, duty: string, version: number, track: object, now: Instant): Promise<void> {
  const values = { version, track: JSON.stringify(track), changed_at: at(now) as never }
  if (version === 1)
    await tx.db
      .insertInto('duty_track')
      .values({ duty, ...values })
      .execute()
  else await tx.db.updateTable('duty_track').set(values).where('duty', '=', duty).execute()
}

/** What the ledger holds of one duty, the newest first, at most `most`. */
export async function entriesOf(tx: Tx, duty: string, most: number): Promise<DutyTables['duty_entry'][]> {
  return await tx.db
    .selectFrom('duty_entry')
    .selectAll()
    .where('duty', '=', duty)
    .orderBy('version', 'desc')
    .limit(most)
    .execute()
}
