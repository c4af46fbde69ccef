import { sql } from 'kysely'
import { at, inTransaction, type Store, type Tx } from './connection.ts'
import { copyRows, type Layout } from './copy.ts'

export interface NewEvent {
  readonly aggregate:
    | 'report'
    | 'flaw'
    | 'finding'
    | 'person'
    | 'organisation'
    | 'token'
    | 'ledger'
    | 'target'
    | 'validation'
    | 'runner'
    | 'docket'
    | 'agreement'
    | 'run-set'
    | 'claim'
    | 'opt-out'
    | 'scan-route'
    | 'scan-request'
    | 'certificate'
    | 'case'
    | 'advisory'
    | 'duty'
    | 'own-duty'
  readonly aggregate_id: string
  /** One more than the aggregate's version before; a second writer of the same version fails and reruns its command. */
  readonly version: number
  readonly type: string
  readonly at: number
  /** `person:…`, `token:…`, `system:cluster`: ids only. */
  readonly actor: string
  /** Ids, counts and closed words only; never text of a report. */
  readonly payload: object
}

const LAYOUT: Layout<NewEvent> = {
  aggregate: 'text',
  aggregate_id: 'text',
  version: 'int4',
  type: 'text',
  at: 'timestamptz',
  actor: 'text',
  payload: 'jsonb',
}

/** Appends events in the running transaction. The event table is the outbox: what commits is what gets told. */
export async function appendEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 20) return await copyRows(tx, 'event', LAYOUT, events)
  for (const event of events) {
    await tx.db
      .insertInto('event')
      .values({ ...event, at: at(event.at), payload: JSON.stringify(event.payload), seq: null })
      .execute()
  }
}

/**
 * Numbers committed events; the one row of `sequencer` makes it a single one whoever calls. Numbers are given after commit,
 * so a reader that has seen `n` has seen everything up to `n`. Returns how many it numbered.
 */
export async function numberEvents(store: Store, most = 2000): Promise<number> {
  return await inTransaction(store, 'none', async ({ db }) => {
    const { last } = await db.selectFrom('sequencer').select('last').forUpdate().executeTakeFirstOrThrow()
    const numbered = await sql<{ n: number }>`
      with batch as (
        select aggregate, aggregate_id, version, row_number() over (order by at, aggregate, aggregate_id, version) as n
        from event where seq is null order by at, aggregate, aggregate_id, version limit ${most}
      )
      update event e set seq = ${last}::bigint + b.n from batch b
      where e.aggregate = b.aggregate and e.aggregate_id = b.aggregate_id and e.version = b.version returning b.n`.execute(db)
    const count = numbered.rows.length
    if (count > 0)
      await db
        .updateTable('sequencer')
        .set({ last: last + count })
        .execute()
    return count
  })
}
