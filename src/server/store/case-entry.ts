import { hash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { CaseEntryTable } from './case-tables.ts'
import { at, type Tx } from './connection.ts'

export type EntryRecord = Selectable<CaseEntryTable>

export interface NewEntry {
  readonly version: number
  readonly id: string
  readonly type: string
  readonly at: number
  readonly person: string | null
  /** Sealed. */
  readonly body: Buffer
}

/** Appends a command's events to a case; each hash covers the one before and the sealed event. Returns the newest hash. */
export async function appendEntries(tx: Tx, id: string, entries: readonly NewEntry[]): Promise<Buffer | null> {
  const last = await tx.db
    .selectFrom('case_entry')
    .select('hash')
    .where('case_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  let before = last?.hash ?? null
  for (const { person, at: when, ...rest } of entries) {
    before = entryHash(before, rest.body)
    const nothing = { state: null, interval_index: null, position: null, commitment: null }
    await tx.db
      .insertInto('case_entry')
      .values({ ...rest, ...nothing, case_id: id, at: at(when) as never, person_id: person, hash: before })
      .execute()
  }
  return before
}

/** SHA-256 over the hash of the entry before (32 zero bytes for the first) and the sealed event. */
export function entryHash(before: Uint8Array | null, sealed: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([before ?? Buffer.alloc(32), sealed]), 'buffer')
}

export interface Anchor {
  readonly state: Buffer
  readonly interval: number
  readonly position: number
  readonly commitment: Buffer
}

/** Keeps what the ledger was given for a case as it stood after that entry. */
export async function anchorEntry(tx: Tx, id: string, version: number, anchor: Anchor): Promise<void> {
  const { state, interval, position, commitment } = anchor
  await tx.db
    .updateTable('case_entry')
    .set({ state, interval_index: interval, position, commitment })
    .where('case_id', '=', id)
    .where('version', '=', version)
    .execute()
}

/** The newest entry of a case that the ledger's closed intervals hold; undefined where there is none yet. */
export async function anchoredEntry(tx: Tx, id: string): Promise<EntryRecord | undefined> {
  return await tx.db
    .selectFrom('case_entry')
    .selectAll()
    .where('case_id', '=', id)
    .where('interval_index', 'in', (from) => from.selectFrom('ledger_interval').select('index'))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Entries of a case, the newest first; `before`: only older ones than that version. */
export async function readEntries(tx: Tx, id: string, before: number | null, limit: number): Promise<EntryRecord[]> {
  return await tx.db
    .selectFrom('case_entry')
    .selectAll()
    .where('case_id', '=', id)
    .$if(before !== null, (query) => query.where('version', '<', before))
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
}

/** The earliest instant of the entries from that version on: what is older stands before them all. */
export async function sinceEntry(tx: Tx, id: string, version: number): Promise<number | null> {
  const row = await tx.db
    .selectFrom('case_entry')
    .select((all) => all.fn.min('at').as('at'))
    .where('case_id', '=', id)
    .where('version', '>=', version)
    .executeTakeFirst()
  return row?.at === null || row?.at === undefined ? null : Number(row.at)
}
