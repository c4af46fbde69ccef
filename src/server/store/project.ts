import { type Selectable, sql } from 'kysely'
import type { ProjectProofTable, ProjectTable } from './case-tables.ts'
import { at, type Tx } from './connection.ts'

export type ProjectRecord = Selectable<ProjectTable>
export type ProofRecord = Selectable<ProjectProofTable>

/** The kind of a row that holds a change of contact which waits, among those of proofs. */
export const CONTACT_CHANGE = 'change'
/** The same of a change of the organisation that maintains it. */
export const MOVE = 'move'

/** One project's row, locked against other writers where `lock` says so; undefined where there is none. */
export async function loadProjectRow(tx: Tx, id: string, lock: boolean): Promise<ProjectRecord | undefined> {
  const query = tx.db.selectFrom('project').selectAll().where('id', '=', id)
  return await (lock ? query.forUpdate() : query).executeTakeFirst()
}

/** Rows of many projects, in no order; those that there are. */
export async function loadProjectRows(tx: Tx, ids: readonly string[]): Promise<ProjectRecord[]> {
  if (ids.length === 0) return []
  return await tx.db.selectFrom('project').selectAll().where('id', 'in', ids).execute()
}

/** Proofs and waiting changes of these projects. */
export async function loadProofRows(tx: Tx, projects: readonly string[]): Promise<ProofRecord[]> {
  if (projects.length === 0) return []
  return await tx.db
    .selectFrom('project_proof')
    .selectAll()
    .where('project_id', 'in', projects)
    .where('state', 'not in', ['changed', 'stopped'])
    .orderBy('asked_at')
    .orderBy('id')
    .execute()
}

export interface ProjectHead {
  readonly id: string
  readonly version: number
  readonly purl: string | null
  readonly repository: string | null
  readonly name: string
  readonly terms: unknown
  readonly source: string
  readonly steward: ProjectRecord['steward']
  readonly stewardBody: unknown
  readonly domains: readonly string[]
  readonly keys: unknown
  readonly organisation: string | null
  readonly pausedUntil: number | null
  readonly dueAt: number | null
  readonly changedAt: number
}

/** Woken whenever a project's next due instant changed. */
export const PROJECTS_DUE = 'weir_projects_due'

/** A new project's row. */
export async function insertProject(tx: Tx, head: ProjectHead, by: { person: string | null }): Promise<void> {
  const entered = { entered_by: by.person, entered_at: at(head.changedAt) as never }
  await tx.db
    .insertInto('project')
    .values({ id: head.id, ...columnsOf(head), ...entered })
    .execute()
  await wakeFor(tx, head)
}

/** Writes what changed in a project's row. */
export async function updateProject(tx: Tx, head: ProjectHead): Promise<void> {
  await tx.db.updateTable('project').set(columnsOf(head)).where('id', '=', head.id).execute()
  await wakeFor(tx, head)
}

async function wakeFor(tx: Tx, { dueAt }: ProjectHead): Promise<void> {
  if (dueAt !== null) await sql`select pg_notify(${PROJECTS_DUE}, '')`.execute(tx.db)
}

function columnsOf(head: ProjectHead) {
  const when = (ms: number | null) => (ms === null ? null : (at(ms) as never))
  return {
    version: head.version,
    purl: head.purl,
    repository: head.repository,
    name: head.name,
    terms: JSON.stringify(head.terms),
    source: head.source,
    steward: head.steward,
    steward_body: head.stewardBody === null ? null : JSON.stringify(head.stewardBody),
    domains: JSON.stringify(head.domains),
    pgp_keys: JSON.stringify(head.keys),
    organisation_id: head.organisation,
    paused_until: when(head.pausedUntil),
    due_at: when(head.dueAt),
    changed_at: at(head.changedAt) as never,
  }
}

/** The next instant at which a project waits for the time; null: none does. */
export async function nextProjectDue(tx: Tx): Promise<number | null> {
  const query = tx.db.selectFrom('project').select((of) => of.fn.min('due_at').as('at'))
  return (await query.where('due_at', 'is not', null).executeTakeFirst())?.at ?? null
}

/** Ids of projects to which the clock has something to say by `now`. */
export async function dueProjects(tx: Tx, now: number, most: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('project')
    .select('id')
    .where('due_at', '<=', at(now))
    .orderBy('due_at')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

/** Keeps a proof or a waiting change. */
export async function putProof(
  tx: Tx,
  row: Pick<ProofRecord, 'project_id' | 'id' | 'kind' | 'state' | 'address_key' | 'body' | 'key_slot'> & {
    readonly askedAt: number
    readonly expiresAt: number
    readonly provedAt: number | null
  },
): Promise<void> {
  const { askedAt, expiresAt, provedAt, ...rest } = row
  const times = { asked_at: at(askedAt) as never, expires_at: at(expiresAt) as never }
  const changing = { ...rest, ...times, proved_at: provedAt === null ? null : (at(provedAt) as never) }
  await tx.db
    .insertInto('project_proof')
    .values(changing)
    .onConflict((conflict) => conflict.columns(['id', 'project_id']).doUpdateSet(changing))
    .execute()
}
