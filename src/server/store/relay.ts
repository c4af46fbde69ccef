import type { Selectable } from 'kysely'
import type { RelayTable } from './case-tables.ts'
import { at, type Tx } from './connection.ts'

export type RelayRecord = Selectable<RelayTable>

/** One draft of a case for somebody else; undefined where there is none. */
export async function loadRelayRow(tx: Tx, of: string, id: string, lock = false): Promise<RelayRecord | undefined> {
  const query = tx.db.selectFrom('relay').selectAll().where('case_id', '=', of).where('id', '=', id)
  return await (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** All drafts of a case, the oldest first. */
export async function relayRows(tx: Tx, of: string): Promise<RelayRecord[]> {
  return await tx.db
    .selectFrom('relay')
    .selectAll()
    .where('case_id', '=', of)
    .orderBy('made_at')
    .orderBy('id')
    .limit(200)
    .execute()
}

/** Identifiers under which others handle a flaw of a case, the oldest first. */
export async function flawHandles(tx: Tx, of: string, flaw: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('relay')
    .select('handle')
    .where('case_id', '=', of)
    .where('flaw_id', '=', flaw)
    .where('handle', 'is not', null)
    .orderBy('made_at')
    .limit(64)
    .execute()
  return [...new Set(rows.flatMap(({ handle }) => handle ?? []))]
}

export interface NewRelay {
  readonly case: string
  readonly id: string
  readonly flaw: string
  readonly route: RelayRecord['route']
  readonly body: Buffer
  readonly person: string
  readonly at: number
}

/** A new draft. */
export async function insertRelay(tx: Tx, { case: of, id, flaw, route, body, person, at: now }: NewRelay): Promise<void> {
  const when = at(now) as never
  const times = { made_at: when, changed_at: when }
  await tx.db
    .insertInto('relay')
    .values({
      case_id: of,
      id,
      flaw_id: flaw,
      version: 0,
      route,
      state: 'draft',
      body,
      handle: null,
      by_person: person,
      ...times,
    })
    .execute()
}

/** What came of sending one, if nobody else changed it meanwhile; false: somebody did. */
export async function updateRelay(
  tx: Tx,
  row: Pick<RelayRecord, 'case_id' | 'id' | 'version'>,
  change: { readonly state: RelayRecord['state']; readonly handle: string | null; readonly body: Buffer; readonly at: number },
): Promise<boolean> {
  const { state, handle, body, at: now } = change
  const { numUpdatedRows } = await tx.db
    .updateTable('relay')
    .set({ state, handle, body, version: row.version + 1, changed_at: at(now) as never })
    .where('case_id', '=', row.case_id)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
