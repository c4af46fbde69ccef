import { type Selectable, sql } from 'kysely'
import { at, type Tx } from './connection.ts'
import type { RunSetTable } from './tables.ts'

export type RunSetRecord = Selectable<RunSetTable>

/** Counts that everybody with a part in the docket may see. */
export interface RunProgress {
  readonly total: number
  readonly tokens: number
  readonly cost: number | null
  readonly leftMs: number | null
}

/** One run set of a docket; undefined where there is none. */
export async function loadRunSet(tx: Tx, docket: string, id: string, lock = false): Promise<RunSetRecord | undefined> {
  const query = tx.db.selectFrom('run_set').selectAll().where('docket_id', '=', docket).where('id', '=', id)
  return await (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** All run sets of a docket, the newest first. */
export async function listRunSetRows(tx: Tx, docket: string): Promise<RunSetRecord[]> {
  return await tx.db
    .selectFrom('run_set')
    .selectAll()
    .where('docket_id', '=', docket)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .execute()
}

export interface NewRunSet {
  readonly docket: string
  readonly id: string
  readonly state: RunSetRecord['state']
  readonly slot: number
  readonly body: Buffer
  readonly attempts: number
  readonly finished: number
  readonly progress: RunProgress
  readonly person: string
  readonly now: number
}

export async function insertRunSet(tx: Tx, set: NewRunSet): Promise<void> {
  const ended = set.state === 'done' ? (at(set.now) as never) : null
  await tx.db
    .insertInto('run_set')
    .values({
      docket_id: set.docket,
      id: set.id,
      version: 1,
      state: set.state,
      key_slot: set.slot,
      body: set.body,
      progress: JSON.stringify(set.progress),
      attempts: set.attempts,
      finished: set.finished,
      person_id: set.person,
      asked_at: at(set.now) as never,
      started_at: ended,
      ended_at: ended,
    })
    .execute()
}

export interface RunSetChange {
  readonly state?: RunSetRecord['state']
  readonly body?: Buffer
  readonly progress?: RunProgress
  readonly attempts?: number
  readonly startedAt?: number
  readonly endedAt?: number
  readonly stopAsked?: boolean
}

export async function updateRunSet(tx: Tx, docket: string, id: string, change: RunSetChange): Promise<void> {
  const { state, body, progress, attempts, startedAt, endedAt, stopAsked } = change
  await tx.db
    .updateTable('run_set')
    .set((of) => ({
      version: of('version', '+', 1),
      ...(state === undefined ? {} : { state }),
      ...(body === undefined ? {} : { body }),
      ...(progress === undefined ? {} : { progress: JSON.stringify(progress) }),
      ...(attempts === undefined ? {} : { attempts }),
      ...(startedAt === undefined ? {} : { started_at: at(startedAt) as never }),
      ...(endedAt === undefined ? {} : { ended_at: at(endedAt) as never }),
      ...(stopAsked === undefined ? {} : { stop_asked: stopAsked }),
    }))
    .where('docket_id', '=', docket)
    .where('id', '=', id)
    .execute()
}

export interface AttemptRecord {
  readonly n: number
  readonly row: Buffer
  readonly transcript: string | null
}

/** The attempts of a run set in order. */
export async function listAttemptRows(tx: Tx, docket: string, set: string): Promise<AttemptRecord[]> {
  return await tx.db
    .selectFrom('run_attempt')
    .select(['n', 'row', 'transcript'])
    .where('docket_id', '=', docket)
    .where('run_set_id', '=', set)
    .orderBy('n')
    .execute()
}

export async function loadAttemptRow(tx: Tx, docket: string, set: string, n: number): Promise<AttemptRecord | undefined> {
  return await tx.db
    .selectFrom('run_attempt')
    .select(['n', 'row', 'transcript'])
    .where('docket_id', '=', docket)
    .where('run_set_id', '=', set)
    .where('n', '=', n)
    .executeTakeFirst()
}

/** Adds attempts at the end of a run set; their numbers begin at `from`. */
export async function addAttemptRows(
  tx: Tx,
  docket: string,
  set: string,
  rows: readonly AttemptRecord[],
  now: number,
): Promise<void> {
  const PIECE = 1000
  for (let from = 0; from < rows.length; from += PIECE) {
    await tx.db
      .insertInto('run_attempt')
      .values(
        rows.slice(from, from + PIECE).map((row) => ({ ...row, docket_id: docket, run_set_id: set, at: at(now) as never })),
      )
      .execute()
  }
  await tx.db
    .updateTable('run_set')
    .set((of) => ({ finished: of('finished', '+', rows.length) }))
    .where('docket_id', '=', docket)
    .where('id', '=', set)
    .execute()
}

/** Run sets that wait or were under way, the oldest first. One process at a time takes them: whoever holds the lock's row. */
export async function openRunSets(tx: Tx, most: number): Promise<{ docket: string; id: string; stop: boolean }[]> {
  await tx.db.selectFrom('work_lock').selectAll().where('name', '=', 'run-sets').forUpdate().executeTakeFirst()
  const rows = await tx.db
    .selectFrom('run_set')
    .select(['docket_id', 'id', 'stop_asked'])
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('asked_at')
    .orderBy(sql`id`)
    .limit(most)
    .execute()
  return rows.map((row) => ({ docket: row.docket_id, id: row.id, stop: row.stop_asked }))
}
