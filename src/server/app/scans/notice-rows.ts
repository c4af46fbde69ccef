import type { OptOut } from '../../../core/scans/opt-out.ts'
import type { ScanRoute } from '../../../core/scans/scan-route.ts'
import { nameTarget } from '../../../core/scans/target-name.ts'
import { at, type Tx } from '../../store/connection.ts'
import type { ScanDesk } from './scan-desk.ts'

type Table = 'opt_out' | 'scan_route'

/** As many as are told at once; a project is found by its name however many there are. */
export const NOTICES_SHOWN = 5000

/** Notices in force, the newest first; those of one target under all its names where it is named. */
export async function noticesOf<T>(
  desk: Pick<ScanDesk, 'names'>,
  tx: Tx,
  table: Table,
  target: string | null,
): Promise<readonly T[]> {
  let query = tx.db.selectFrom(table).select('body').where('ended_at', 'is', null)
  if (target !== null) {
    const named = nameTarget(target)
    if (!named.ok) return []
    query = query.where('name', 'in', [...(await desk.names.load(tx))(named.target.name)])
  }
  const rows = await query.orderBy('entered_at', 'desc').orderBy('id').limit(NOTICES_SHOWN).execute()
  return rows.map(({ body }) => body as T)
}

/** One notice, locked until the transaction ends; null where there is none. */
export async function noticeById<T>(tx: Tx, table: Table, id: string): Promise<T | null> {
  const row = await tx.db.selectFrom(table).select('body').where('id', '=', id).forUpdate().executeTakeFirst()
  return row === undefined ? null : (row.body as T)
}

export async function putNotice(tx: Tx, table: Table, notice: OptOut | ScanRoute): Promise<void> {
  const { id, version, name, enteredAt, endedAt } = notice
  const changing = {
    version,
    body: JSON.stringify(notice),
    ended_at: endedAt === null ? null : (at(endedAt) as never),
  }
  await tx.db
    .insertInto(table)
    .values({ id, name, entered_at: at(enteredAt) as never, ...changing })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute()
}
