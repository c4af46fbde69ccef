import { type Selectable, sql } from 'kysely'
import type { Docket } from '../../core/docket/docket.ts'
import { at, type Tx } from './connection.ts'
import type { DocketTable } from './tables.ts'

export type DocketRecord = Selectable<DocketTable>

/** One docket's row, locked against other writers where `lock` says so; undefined where there is none. */
export async function loadDocketRow(tx: Tx, id: string, lock: boolean): Promise<DocketRecord | undefined> {
  const query = tx.db.selectFrom('docket').selectAll().where('id', '=', id)
  return await (lock ? query.forUpdate() : query).executeTakeFirst()
}

export type NewDocket = Pick<DocketRecord, 'key_d' | 'key_b' | 'key_r' | 'key_j' | 'key_p'>

/** A new docket's row. */
export async function insertDocket(tx: Tx, docket: Docket, keys: NewDocket, body: Buffer, due: number | null): Promise<void> {
  await tx.db
    .insertInto('docket')
    .values({
      ...keys,
      id: docket.id,
      version: docket.version,
      kind: docket.kind,
      state: docket.state,
      developer_id: docket.developer,
      office_id: docket.office,
      agreement_id: docket.agreement,
      body,
      opened_at: at(docket.openedAt) as never,
      ends_at: null,
      due_at: due === null ? null : (at(due) as never),
      closed_at: null,
      receipt: null,
      counted: null,
      interval_index: null,
      position: null,
      commitment: null,
    })
    .execute()
}

/** What changes in a docket's row with each command. */
export async function updateDocket(tx: Tx, docket: Docket, body: Buffer, due: number | null): Promise<void> {
  const endsAt = docket.window?.endsAt ?? null
  await tx.db
    .updateTable('docket')
    .set({
      version: docket.version,
      state: docket.state,
      stage: docket.state === 'closed' ? 'closed' : 'open',
      body,
      ends_at: endsAt === null ? null : (at(endsAt) as never),
      due_at: due === null ? null : (at(due) as never),
      closed_at: docket.closedAt === null ? null : (at(docket.closedAt) as never),
    })
    .where('id', '=', docket.id)
    .execute()
}

interface SeatRow {
  readonly person: string
  readonly seat: string
  readonly organisation: string
  readonly endedAt: number | null
}

/** Makes the table of seats say what the docket says: it is what lists are filtered by. */
export async function syncSeats(tx: Tx, docket: string, seats: readonly SeatRow[]): Promise<void> {
  const known = await tx.db.selectFrom('docket_seat').selectAll().where('docket_id', '=', docket).execute()
  const keyOf = (person: string, seat: string) => `${person} ${seat}`
  const before = new Map(known.map((row) => [keyOf(row.person_id, row.seat), row]))
  // One person may have left a seat and taken it again: what stands now counts.
  const wanted = new Map<string, SeatRow>()
  for (const seat of seats) {
    const key = keyOf(seat.person, seat.seat)
    if (wanted.get(key)?.endedAt !== null) wanted.set(key, seat)
  }
  for (const [key, { person, seat, organisation, endedAt }] of wanted) {
    const row = before.get(key)
    if (row !== undefined && row.ended_at === endedAt) continue
    const ended_at = endedAt === null ? null : (at(endedAt) as never)
    await tx.db
      .insertInto('docket_seat')
      .values({ docket_id: docket, person_id: person, seat, organisation_id: organisation, ended_at })
      .onConflict((conflict) => conflict.columns(['docket_id', 'person_id', 'seat']).doUpdateSet({ ended_at }))
      .execute()
  }
}

/** Ids of dockets to which the clock has something to say by `now`, the most overdue first. */
export async function dueDockets(tx: Tx, now: number, most: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('docket')
    .select('id')
    .where('due_at', '<=', sql<number>`greatest(clock_timestamp(), ${at(now)})`)
    .orderBy('due_at')
    .limit(most)
    .execute()
  return rows.map((row) => row.id)
}

/** Seats, in dockets that are not closed, of people who are no longer with their organisation. */
export async function leftSeats(tx: Tx, most: number): Promise<{ docket: string; person: string }[]> {
  return await tx.db
    .selectFrom('docket_seat')
    .innerJoin('person', 'person.id', 'docket_seat.person_id')
    .innerJoin('docket', 'docket.id', 'docket_seat.docket_id')
    .select(['docket_seat.docket_id as docket', 'docket_seat.person_id as person'])
    .distinct()
    .where('person.state', '=', 'left')
    .where('docket_seat.ended_at', 'is', null)
    .where('docket_seat.seat', '<>', 'partner-person')
    .where('docket.stage', '=', 'open')
    .limit(most)
    .execute()
}

/** Ids of dockets of which the custodian must know: all that are not closed. */
export async function openDocketIds(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('docket').select('id').where('stage', '=', 'open').orderBy('id').execute()
  return rows.map((row) => row.id)
}

/** Ids of dockets that are closing and have no receipt yet. */
export async function unpurgedIds(tx: Tx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('docket')
    .select('id')
    .where('state', '=', 'closing')
    .where('receipt', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Ids of dockets whose window is open. */
export async function openWindowIds(tx: Tx): Promise<string[]> {
  const rows = await tx.db.selectFrom('docket').select('id').where('state', '=', 'window-open').orderBy('id').execute()
  return rows.map((row) => row.id)
}
