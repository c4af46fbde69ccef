import { encodeLeaf } from '../../ledger/leaf.ts'
import { at, inTransaction, type Store } from '../store/connection.ts'
import type { KeyStore } from '../store/keys/key-store.ts'
import { committedIn } from './commitments.ts'
import { buildTree } from './tree-builder.ts'

/** Below this many commitments a proof rebuilds the whole interval; above it, the bucket roots are kept. */
export const KEEP_BUCKETS_ABOVE = 2000

/** Opens the next interval at `now`; waits for every transaction that still commits to the one before. */
export async function turnClock(store: Store, now: number): Promise<void> {
  await inTransaction(store, 'none', async ({ db }) => {
    await db.selectFrom('ledger_clock').selectAll().forUpdate().executeTakeFirstOrThrow()
    await db
      .updateTable('ledger_clock')
      .set((set) => ({ open_interval: set('open_interval', '+', 1), opened_at: at(now) as never }))
      .execute()
  })
}

/** Starts the clock of a new log; does nothing where it runs already. */
export async function startClock(store: Store, now: number): Promise<void> {
  await store.db
    .insertInto('ledger_clock')
    .values({ open_interval: 0, opened_at: at(now) as never, started_at: at(now) as never })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Gives the oldest interval that has ended its leaf, also when nothing was committed in it. Returns false when there is none
 * left. One transaction: the leaf and the places of its commitments come together. Of two at once one finds the leaf there.
 */
export async function sealNext(store: Store, keys: KeyStore, now: number): Promise<boolean> {
  return await inTransaction(store, 'all', async (tx) => {
    // Not locked: what commits now belongs to a later interval and need not wait for this one's tree.
    const clock = await tx.db.selectFrom('ledger_clock').selectAll().executeTakeFirstOrThrow()
    const last = await tx.db
      .selectFrom('ledger_interval')
      .select(['index', 'closed_at'])
      .orderBy('index', 'desc')
      .limit(1)
      .executeTakeFirst()
    const index = (last?.index ?? -1) + 1
    if (index >= clock.open_interval) return false
    const rows = await committedIn(tx.db, index)
    const interval = await buildTree(
      keys,
      index,
      rows.map((row) => row.commitment!),
    )
    const moved = rows.flatMap((row, i) =>
      interval.positions[i] === row.position ? [] : [{ row, position: interval.positions[i]! }],
    )
    for (const { row, position } of moved) {
      await tx.db.updateTable(row.of).set({ position }).where('id', '=', row.id).execute()
    }
    const leaf = await tx.db
      .selectFrom('ledger_leaf')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    const leafIndex = Number(leaf.count)
    const from = last?.closed_at ?? clock.started_at
    const to = Math.max(from + 1, clock.opened_at)
    await tx.db
      .insertInto('ledger_leaf')
      .values({
        index: leafIndex,
        leaf: Buffer.from(encodeLeaf({ index, from, to, root: interval.root })),
        at: at(now) as never,
      })
      .execute()
    await tx.db
      .insertInto('ledger_interval')
      .values({
        index,
        leaf_index: leafIndex,
        opened_at: at(from) as never,
        closed_at: at(to) as never,
        root: Buffer.from(interval.root),
        buckets: rows.length > KEEP_BUCKETS_ABOVE ? Buffer.from(interval.buckets) : null,
      })
      .execute()
    return true
  })
}
