import { hash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Compartment } from '../../core/docket/compartment.ts'
import { at, type Tx } from './connection.ts'
import type { DocketAccessTable } from './tables.ts'

export type AccessRecord = Selectable<DocketAccessTable>

/** One thing that somebody saw, did or was not shown. Ids, counts and closed words only. */
export interface AccessEntry {
  readonly at: number
  readonly person: string | null
  readonly seat: string | null
  readonly compartment: Compartment
  readonly object: string
  readonly what: string
  readonly thing: string | null
  readonly refused: boolean
  readonly calls: number
  readonly tokens: number
}

/** The newest entry of a docket's log. */
export interface LogHead {
  readonly entry: number
  readonly hash: Buffer
}

/**
 * Appends to a docket's log; each entry holds the digest of the one before. Locks the docket's row, so that of two at once one
 * waits for the other.
 */
export async function appendAccess(tx: Tx, docket: string, entries: readonly AccessEntry[]): Promise<LogHead | null> {
  if (entries.length === 0) return null
  await tx.db.selectFrom('docket').select('id').where('id', '=', docket).forUpdate().execute()
  const last = await tx.db
    .selectFrom('docket_access')
    .select(['entry', 'hash'])
    .where('docket_id', '=', docket)
    .orderBy('entry', 'desc')
    .limit(1)
    .executeTakeFirst()
  let entry = last?.entry ?? 0
  let before = last?.hash ?? null
  for (const one of entries) {
    entry += 1
    before = accessHash(docket, entry, one, before)
    const { person, at: when, ...rest } = one
    await tx.db
      .insertInto('docket_access')
      .values({ ...rest, docket_id: docket, entry, at: at(when) as never, person_id: person, hash: before })
      .execute()
  }
  return before === null ? null : { entry, hash: before }
}

/** SHA-256 over the digest of the entry before (32 zero bytes for the first) and the entry as JSON. */
export function accessHash(docket: string, entry: number, one: AccessEntry, before: Uint8Array | null): Buffer {
  const { person, seat, compartment, object, what, thing, refused, calls, tokens } = one
  const text = JSON.stringify([docket, entry, one.at, person, seat, compartment, object, what, thing, refused, calls, tokens])
  return hash('sha256', Buffer.concat([before ?? Buffer.alloc(32), Buffer.from(text)]), 'buffer')
}

/** Whether that person's same reading of the same thing was written down since `since`. */
export async function wasLogged(tx: Tx, docket: string, one: AccessEntry, since: number): Promise<boolean> {
  const row = await tx.db
    .selectFrom('docket_access')
    .select('entry')
    .where('docket_id', '=', docket)
    .where('person_id', '=', one.person)
    .where('object', '=', one.object)
    .where('what', '=', one.what)
    .where('thing', one.thing === null ? 'is' : '=', one.thing)
    .where('refused', '=', one.refused)
    .where('at', '>', at(since))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Entries of a docket's log, the newest first, with how many there are. */
export async function readAccess(
  tx: Tx,
  docket: string,
  before: number | null,
  limit: number,
): Promise<{ rows: AccessRecord[]; total: number }> {
  const rows = await tx.db
    .selectFrom('docket_access')
    .selectAll()
    .where('docket_id', '=', docket)
    .$if(before !== null, (query) => query.where('entry', '<', before))
    .orderBy('entry', 'desc')
    .limit(limit)
    .execute()
  const last = await tx.db
    .selectFrom('docket_access')
    .select((of) => of.fn.max('entry').as('entry'))
    .where('docket_id', '=', docket)
    .executeTakeFirst()
  return { rows, total: Number(last?.entry ?? 0) }
}
