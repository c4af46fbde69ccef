import type { Principal } from '../../../core/access/principal.ts'
import type { Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'

interface Change {
  readonly aggregate: 'person' | 'organisation' | 'token'
  readonly id: string
  readonly type: string
  readonly at: number
  readonly by: Principal | 'system:identity'
  /** Ids, roles and scopes only; never a name or an address. */
  readonly payload: object
}

/** Writes what happened to a person, organisation or token into the outbox, as the next version of that thing. */
export async function record(tx: Tx, change: Change): Promise<void> {
  const last = await tx.db
    .selectFrom('event')
    .select((from) => from.fn.max('version').as('version'))
    .where('aggregate', '=', change.aggregate)
    .where('aggregate_id', '=', change.id)
    .executeTakeFirst()
  const actor = typeof change.by === 'string' ? change.by : `person:${change.by.person ?? 'none'}`
  await appendEvents(tx, [
    {
      aggregate: change.aggregate,
      aggregate_id: change.id,
      version: Number(last?.version ?? 0) + 1,
      type: change.type,
      at: change.at,
      actor,
      payload: change.payload,
    },
  ])
}
