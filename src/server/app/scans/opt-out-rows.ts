import type { OptOut } from '../../../core/scans/opt-out.ts'
import type { Tx } from '../../store/connection.ts'

/** What stands about a package or repository, under any of its names. */
export async function optOutsOf(tx: Tx, names: readonly string[]): Promise<readonly OptOut[]> {
  if (names.length === 0) return []
  const rows = await tx.db
    .selectFrom('opt_out')
    .select('body')
    .where('name', 'in', [...names])
    .where('ended_at', 'is', null)
    .orderBy('entered_at')
    .execute()
  return rows.map(({ body }) => body as OptOut)
}
