import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe } from 'node:test'
import { instant } from '../../core/kernel/instant.ts'
import { deliverySuite } from '../../devkit/delivery-suite.ts'
import { type FreshDatabase, freshDatabase } from '../../devkit/pg.ts'
import { at, inTransaction } from './connection.ts'
import { sealWebhook } from './webhook.ts'
import { DELIVERY_LEASE_MS, webhookQueue } from './webhook-queue.ts'

describe('deliveries in the database', () => {
  let database: FreshDatabase | null = null
  after(async () => await database?.close())

  deliverySuite(async () => {
    await database?.close()
    database = await freshDatabase()
    const { store, keys } = database
    const random = (length: number) => randomBytes(length)
    const [slot] = await keys.allocate(1)
    assert.ok(slot)
    const none = { failed_since: null, why: null }
    await inTransaction(store, 'all', async (tx) => {
      for (const id of ['a', 'b']) {
        const secrets = [1, 2].map((n) => Buffer.alloc(24, n).toString('base64'))
        const body = sealWebhook(slot.key, id, { url: 'https://hooks.example/hook', secrets }, random)
        const home = { organisation_id: 'org_1', person_id: 'per_1', key_slot: slot.slot, made_at: at(0) as never }
        await tx.db
          .insertInto('webhook')
          .values({ id, body, state: 'active', ...home, ...none })
          .execute()
      }
    })
    return {
      store: webhookQueue({ store, keys, random, clock: () => instant(0) }),
      leaseMs: DELIVERY_LEASE_MS,
      async add({ id, target, payload }) {
        const times = { at: at(payload.at) as never, next_at: at(0) as never }
        const rest = { lease: null, first_tried_at: null, done_at: null, thing: null }
        await inTransaction(store, 'all', (tx) =>
          tx.db
            .insertInto('delivery')
            .values({ webhook_id: target, sequence: payload.sequence, id, kind: payload.type, ...times, ...rest })
            .execute(),
        )
      },
      async off(target) {
        const row = await inTransaction(store, 'all', (tx) =>
          tx.db.selectFrom('webhook').select('why').where('id', '=', target).executeTakeFirstOrThrow(),
        )
        return row.why
      },
    }
  })
})
