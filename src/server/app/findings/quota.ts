import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { Sender } from './sender.ts'

/** Takes up to `wanted` items from the sender's quota of the day (UTC) and says how many there were left to take. */
export async function takeQuota(tx: Tx, sender: Sender, wanted: number, now: Instant): Promise<number> {
  if (wanted === 0) return 0
  const day = formatInstant(now).slice(0, 10)
  const { items } = await tx.db
    .insertInto('quota')
    .values({ organisation_id: sender.organisation, day, items: wanted })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'day']).doUpdateSet((set) => ({ items: set('quota.items', '+', wanted) })),
    )
    .returning('items')
    .executeTakeFirstOrThrow()
  const over = Math.max(0, Number(items) - sender.quota)
  const allowed = Math.max(0, wanted - over)
  if (allowed < wanted) {
    await tx.db
      .updateTable('quota')
      .set({ items: Number(items) - (wanted - allowed) })
      .where('organisation_id', '=', sender.organisation)
      .where('day', '=', day)
      .execute()
  }
  return allowed
}
