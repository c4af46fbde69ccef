import { sql } from 'kysely'
import { type Instant, instant } from '../../core/kernel/instant.ts'
import type { Ground } from '../ground.ts'
import type { Delivery, DeliveryStore } from '../notify/webhooks/delivery-store.ts'
import { at, inTransaction, type Tx } from './connection.ts'
import { isOrphaned, openWebhook } from './webhook.ts'

/** Longer than one call may take, with its connection. */
export const DELIVERY_LEASE_MS = 60_000

/** What waits for webhooks: each target in its order, the next one only once the one before was taken. */
export function webhookQueue(ground: Pick<Ground, 'store' | 'keys' | 'random' | 'clock'>): DeliveryStore {
  const within = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(ground.store, 'all', work)
  return {
    claim: (now, n) => within((tx) => claim(ground, tx, now, n)),
    delivered: (id, lease) =>
      within(async (tx) => {
        const row = await heldBy(tx, id, lease)
        if (row === undefined) return
        await tx.db
          .updateTable('delivery')
          .set({ done_at: at(ground.clock()) as never, next_at: null, lease: null })
          .where('id', '=', id)
          .execute()
        await tx.db.updateTable('webhook').set({ failed_since: null }).where('id', '=', row.webhook_id).execute()
      }),
    failed: (id, lease, retryAt) =>
      within(async (tx) => {
        const row = await heldBy(tx, id, lease)
        if (row === undefined) return
        await tx.db
          .updateTable('delivery')
          .set({ next_at: at(retryAt) as never, lease: null })
          .where('id', '=', id)
          .execute()
        await tx.db
          .updateTable('webhook')
          .set({ failed_since: sql`coalesce(failed_since, ${at(row.first_tried_at ?? retryAt)})` as never })
          .where('id', '=', row.webhook_id)
          .execute()
      }),
    disabled: (id, lease, why) =>
      within(async (tx) => {
        const row = await heldBy(tx, id, lease)
        if (row === undefined) return
        await tx.db.updateTable('delivery').set({ lease: null }).where('id', '=', id).execute()
        await tx.db.updateTable('webhook').set({ state: 'failed', why }).where('id', '=', row.webhook_id).execute()
      }),
  }
}

async function heldBy(tx: Tx, id: string, lease: string) {
  return await tx.db
    .selectFrom('delivery')
    .select(['webhook_id', 'next_at', 'first_tried_at'])
    .where('id', '=', id)
    .where('lease', '=', lease)
    .forUpdate()
    .executeTakeFirst()
}

/** Of each target that is on, the lowest that was not delivered, where it is due and nobody else holds the target. */
async function claim(ground: Pick<Ground, 'keys' | 'random'>, tx: Tx, now: Instant, n: number): Promise<Delivery[]> {
  if (n <= 0) return []
  const { rows } = await sql<{ id: string; webhook_id: string; key_slot: number; body: Buffer }>`
    select first.id, w.id as webhook_id, w.key_slot, w.body from webhook w
    cross join lateral (select d.id, d.next_at from delivery d where d.webhook_id = w.id and d.done_at is null
      order by d.sequence limit 1) first
    where w.state = 'active' and first.next_at <= ${at(now)} and not ${isOrphaned('w')} order by first.next_at, w.id limit ${n}
    for update of w skip locked`.execute(tx.db)
  const keys = ground.keys.get(rows.map(({ key_slot }) => key_slot))
  const claimed: Delivery[] = []
  for (const [i, row] of rows.entries()) {
    const key = keys[i]
    if (!key) continue
    const lease = Buffer.from(ground.random(16)).toString('hex')
    const [taken] = await tx.db
      .updateTable('delivery')
      .set((of) => ({
        lease,
        attempts: of('attempts', '+', 1),
        first_tried_at: sql`coalesce(first_tried_at, ${at(now)})` as never,
        next_at: at(now + DELIVERY_LEASE_MS) as never,
      }))
      .where('id', '=', row.id)
      .where('done_at', 'is', null)
      .where('next_at', '<=', at(now))
      .returning(['id', 'sequence', 'kind', 'thing', 'at', 'attempts', 'first_tried_at'])
      .execute()
    // Somebody else took it between the look and the lock.
    if (taken === undefined) continue
    const { url, secrets } = openWebhook(key, { id: row.webhook_id, body: row.body })
    const attempts = taken.attempts - 1
    claimed.push({
      id: taken.id,
      lease,
      target: row.webhook_id,
      url,
      secrets: secrets.map((secret) => new Uint8Array(Buffer.from(secret, 'base64'))),
      payload: {
        type: taken.kind,
        at: instant(taken.at),
        sequence: taken.sequence,
        facts: taken.thing === null ? {} : { [nameOf(taken.thing)]: taken.thing },
      },
      attempts,
      firstTriedAt: attempts === 0 ? null : instant(taken.first_tried_at ?? now),
    })
  }
  return claimed
}

const nameOf = (thing: string): string => (thing.startsWith('cas_') ? 'case' : 'thing')
