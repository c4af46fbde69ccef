import { type Selectable, sql } from 'kysely'
import type { CaseFileTable, CasePartyTable } from './case-tables.ts'
import { at, type Tx } from './connection.ts'

export type CaseRecord = Selectable<CaseFileTable>

/** Woken whenever the next due instant of a case, or of the release of its advisory, changed. */
export const CASES_DUE = 'weir_cases_due'

/** One case's row, locked against other writers where `lock` says so; undefined where there is none. */
export async function loadCaseRow(tx: Tx, id: string, lock: boolean): Promise<CaseRecord | undefined> {
  const query = tx.db.selectFrom('case_file').selectAll().where('id', '=', id)
  return await (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** Rows of many cases, in no order; those that there are. */
export async function loadCaseRows(tx: Tx, ids: readonly string[]): Promise<CaseRecord[]> {
  if (ids.length === 0) return []
  return await tx.db.selectFrom('case_file').selectAll().where('id', 'in', ids).execute()
}

/** What the policy asks of a case; its body stays where it is, so that the answer takes no longer than that there is none. */
export async function loadCaseStanding(tx: Tx, id: string): Promise<Pick<CaseRecord, 'coordinator_id' | 'stage'> | undefined> {
  return await tx.db.selectFrom('case_file').select(['coordinator_id', 'stage']).where('id', '=', id).executeTakeFirst()
}

/** The same of many cases, with whether that organisation takes part in each now, or is invited to it. */
export async function loadStandings(tx: Tx, ids: readonly string[], organisation: string | null): Promise<CaseStanding[]> {
  const { rows } = await sql<CaseStanding>`
    select c.id, c.coordinator_id, c.stage, exists (select from case_party p where p.case_id = c.id
      and p.organisation_id = ${organisation ?? ''} and p.left_at is null and p.reads <> 'nothing') as party
    from case_file c where c.id = any(${ids}::text[])`.execute(tx.db)
  return rows
}

export interface CaseStanding extends Pick<CaseRecord, 'id' | 'coordinator_id' | 'stage'> {
  readonly party: boolean
}

/**
 * Whether an organisation coordinates a case or ever had a part in it. One look-up, which takes as long where there is no such case:
 * for whoever is not near nothing else is loaded, so that the time of an answer does not tell that there was something to load.
 */
export async function isNearCase(tx: Tx, organisation: string | null, id: string): Promise<boolean> {
  if (organisation === null) return false
  const { rows } = await sql`
    select 1 from case_file c where c.id = ${id} and (c.coordinator_id = ${organisation}
      or exists (select 1 from case_party p where p.case_id = c.id and p.organisation_id = ${organisation}))`.execute(tx.db)
  return rows.length > 0
}

/** What a case's row says of the case beside its sealed body. */
export interface CaseHead {
  readonly id: string
  readonly version: number
  readonly state: 'open' | 'closed'
  readonly coordinator: string
  readonly whose: CaseRecord['whose']
  readonly openedAt: number
  readonly changedAt: number
  readonly endsAt: number | null
  readonly dueAt: number | null
  readonly closedAt: number | null
}

/** A new case's row. */
export async function insertCase(tx: Tx, head: CaseHead, slot: number, body: Buffer): Promise<void> {
  await tx.db
    .insertInto('case_file')
    .values({
      ...columnsOf(head),
      id: head.id,
      coordinator_id: head.coordinator,
      key_slot: slot,
      body,
      opened_at: at(head.openedAt) as never,
      receipt: null,
      counted: null,
      interval_index: null,
      position: null,
      commitment: null,
    })
    .execute()
  await wakeFor(tx, head)
}

/** What changes in a case's row with each command. */
export async function updateCase(tx: Tx, head: CaseHead, body: Buffer): Promise<void> {
  await tx.db
    .updateTable('case_file')
    .set({ ...columnsOf(head), body })
    .where('id', '=', head.id)
    .execute()
  await wakeFor(tx, head)
}

function columnsOf({ version, state, whose, changedAt, endsAt, dueAt, closedAt }: CaseHead) {
  const when = (ms: number | null) => (ms === null ? null : (at(ms) as never))
  const times = { changed_at: at(changedAt) as never, ends_at: when(endsAt), due_at: when(dueAt), closed_at: when(closedAt) }
  return { version, state, stage: state, whose, ...times }
}

async function wakeFor(tx: Tx, { dueAt, state }: CaseHead): Promise<void> {
  if (dueAt !== null || state === 'closed') await sql`select pg_notify(${CASES_DUE}, '')`.execute(tx.db)
}

/** Makes the table of flaws say which flaws a case is about; of a closed one, none. */
export async function syncFlaws(tx: Tx, id: string, flaws: readonly string[], now: number): Promise<void> {
  const known = await tx.db.selectFrom('case_flaw').selectAll().where('case_id', '=', id).execute()
  const wanted = new Set(flaws)
  for (const { flaw_id, removed_at } of known) {
    if (wanted.delete(flaw_id) === (removed_at === null)) continue
    const removed = removed_at === null ? (at(now) as never) : null
    await tx.db
      .updateTable('case_flaw')
      .set({ removed_at: removed })
      .where('case_id', '=', id)
      .where('flaw_id', '=', flaw_id)
      .execute()
  }
  for (const flaw_id of wanted) await tx.db.insertInto('case_flaw').values({ case_id: id, flaw_id, removed_at: null }).execute()
}

export type PartyRow = Omit<Selectable<CasePartyTable>, 'case_id'>

/** Makes the table of parties say what the case says: it is what lists are filtered by. */
export async function syncParties(tx: Tx, id: string, parties: readonly PartyRow[]): Promise<void> {
  const known = await tx.db.selectFrom('case_party').selectAll().where('case_id', '=', id).execute()
  const before = new Map(known.map((row) => [row.id, row]))
  for (const party of parties) {
    const row = before.get(party.id)
    if (row !== undefined && same(row, party)) continue
    const { id: participant, left_at, ...rest } = party
    const changing = { ...rest, left_at: left_at === null ? null : (at(left_at) as never) }
    await tx.db
      .insertInto('case_party')
      .values({ case_id: id, id: participant, ...changing })
      .onConflict((conflict) => conflict.columns(['case_id', 'id']).doUpdateSet(changing))
      .execute()
  }
}

function same(row: PartyRow, party: PartyRow): boolean {
  return (Object.keys(party) as (keyof PartyRow)[]).every((name) => row[name] === party[name])
}

/** Whether an organisation takes part in a case now, or is invited to it. */
export async function isParty(tx: Tx, id: string, organisation: string | null): Promise<boolean> {
  const row = await tx.db
    .selectFrom('case_party')
    .select('id')
    .where('case_id', '=', id)
    .where('organisation_id', '=', organisation ?? '')
    .where('left_at', 'is', null)
    .where('reads', '<>', 'nothing')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The open case that each of these flaws is in; flaws that are in none are left out. */
export async function casesOfFlaws(tx: Tx, flaws: readonly string[]): Promise<Map<string, string>> {
  if (flaws.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('case_flaw')
    .select(['flaw_id', 'case_id'])
    .where('flaw_id', 'in', [...flaws])
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.flaw_id, row.case_id]))
}

/** Those of these cases that an organisation coordinates. */
export async function coordinatedBy(tx: Tx, organisation: string, cases: readonly string[]): Promise<ReadonlySet<string>> {
  if (cases.length === 0) return new Set()
  const query = tx.db.selectFrom('case_file').select('id').where('coordinator_id', '=', organisation)
  const rows = await query.where('id', 'in', [...cases]).execute()
  return new Set(rows.map(({ id }) => id))
}

/** Ids of cases to which the clock has something to say by `now`, the most overdue first. */
export async function dueCases(tx: Tx, now: number, most: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('case_file')
    .select('id')
    .where('due_at', '<=', at(now))
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map((row) => row.id)
}

/** The next instant at which a case waits for the time, or has waited for its key to be destroyed; null: none does. */
export async function nextDue(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select least((select min(due_at) from case_file where due_at is not null),
      (select min(closed_at) from case_file where stage = 'closed' and receipt is null)) as at`.execute(tx.db)
  return rows[0]?.at ?? null
}

/** Ids of closed cases whose key is still to be destroyed. */
export async function unpurgedCases(tx: Tx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('case_file')
    .select('id')
    .where('stage', '=', 'closed')
    .where('receipt', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}
