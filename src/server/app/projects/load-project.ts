import type { Stewardship } from '../../../core/cases/steward/stewardship.ts'
import type { PendingChange, PendingMove, ProjectContact } from '../../../core/cases/terms/project-contact.ts'
import type { ProjectTerms } from '../../../core/cases/terms/project-terms.ts'
import { type Proof, proofEnds, proofState } from '../../../core/cases/terms/proof.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import {
  CONTACT_CHANGE,
  loadProjectRow,
  loadProjectRows,
  loadProofRows,
  MOVE,
  type ProjectHead,
  type ProjectRecord,
  type ProofRecord,
  putProof,
} from '../../store/project.ts'
import { readClocks } from '../cases/releasing-now.ts'
import type { ProjectDesk } from './project-desk.ts'

/** A PGP key that somebody put on file for a contact. */
export interface FiledKey {
  readonly fingerprint: string
  readonly armoured: string
}

/** A project as one command or query sees it, at one instant. */
export interface LoadedProject {
  readonly row: ProjectRecord
  readonly now: Instant
  readonly terms: ProjectTerms
  readonly file: ProjectContact
  readonly keys: readonly FiledKey[]
  readonly care: Stewardship | null
  /** Ids of proofs by subject and kind, and of the change that waits. */
  readonly ids: ReadonlyMap<string, string>
  /** Of the rows that are there; null: nothing is sealed yet. */
  readonly slot: number | null
}

const keyOf = (subject: string, kind: string) => `${kind} ${subject}`
const place = (project: string, id: string) => `project/${project}/proof/${id}`

/** Loads a project with its contact, proofs and the change that waits; null where there is none. */
export async function loadProject(desk: ProjectDesk, tx: Tx, id: string, lock = false): Promise<LoadedProject | null> {
  const row = await loadProjectRow(tx, id, lock)
  const [loaded] = row === undefined ? [] : await openProjects(desk, tx, [row])
  return loaded ?? null
}

/** Many of them, in the order given, with as many questions as for one. */
export async function loadProjects(desk: ProjectDesk, tx: Tx, ids: readonly string[]): Promise<LoadedProject[]> {
  const loaded = await openProjects(desk, tx, await loadProjectRows(tx, ids))
  const order = new Map(ids.map((id, n) => [id, n]))
  return loaded.sort((a, b) => order.get(a.row.id)! - order.get(b.row.id)!)
}

async function openProjects(desk: ProjectDesk, tx: Tx, rows: readonly ProjectRecord[]): Promise<LoadedProject[]> {
  if (rows.length === 0) return []
  const { now } = await readClocks(desk, tx)
  const proofs = Map.groupBy(
    await loadProofRows(
      tx,
      rows.map(({ id }) => id),
    ),
    ({ project_id }) => project_id,
  )
  return rows.map((row) => openProject(desk, row, proofs.get(row.id) ?? [], now))
}

function openProject(desk: ProjectDesk, row: ProjectRecord, stored: readonly ProofRecord[], now: Instant): LoadedProject {
  const proofs: Proof[] = []
  const ids = new Map<string, string>()
  let change: PendingChange | null = null
  let move: PendingMove | null = null
  let slot: number | null = null
  for (const { id, kind, key_slot, body: sealed } of stored) {
    const [key] = desk.keys.get([key_slot])
    if (!key) continue
    slot = key_slot
    const body = openJson<unknown>(key, sealed, place(row.id, id))
    if (kind === CONTACT_CHANGE) change = body as PendingChange
    else if (kind === MOVE) move = body as PendingMove
    else proofs.push(body as Proof)
    ids.set(kind === CONTACT_CHANGE || kind === MOVE ? kind : keyOf((body as Proof).subject, kind), id)
  }
  const terms = row.terms as ProjectTerms
  const places = {
    repository: row.repository,
    domains: row.domains as readonly string[],
    purls: terms.project?.purls ?? (row.purl === null ? [] : [row.purl]),
  }
  const file: ProjectContact = {
    project: row.id as Id<'project'>,
    places,
    contact: terms.contact ?? null,
    change,
    organisation: row.organisation_id,
    move,
    proofs,
  }
  const keys = row.pgp_keys as readonly FiledKey[]
  return { row, now, terms, file, keys, care: row.steward_body as Stewardship | null, ids, slot }
}

/** The id under which a proof is known outside; undefined where it is not kept. */
export function proofId({ ids }: LoadedProject, { subject, kind }: Pick<Proof, 'subject' | 'kind'>): string | undefined {
  return ids.get(keyOf(subject, kind))
}

/** The columns of a project's row with what changed. */
export function headOf({ row, now }: LoadedProject, changes: Partial<ProjectHead>): ProjectHead {
  return {
    id: row.id,
    version: row.version + 1,
    purl: row.purl,
    repository: row.repository,
    name: row.name,
    terms: row.terms,
    source: row.source,
    steward: row.steward,
    stewardBody: row.steward_body,
    domains: row.domains as readonly string[],
    keys: row.pgp_keys,
    organisation: row.organisation_id,
    pausedUntil: row.paused_until,
    dueAt: row.due_at,
    changedAt: now,
    ...changes,
  }
}

/** Makes the rows of proofs say what the contact's file says, each sealed. */
export async function storeContact(desk: ProjectDesk, tx: Tx, loaded: LoadedProject, after: ProjectContact): Promise<void> {
  const { ids, now } = loaded
  const project = loaded.row.id
  const key = await sealingKey(desk, loaded)
  const addressKey = keyedMac(desk.keys.secret('projects'), 'subject')
  const put = async (id: string, kind: string, body: Proof | PendingChange | PendingMove, row: Partial<Kept> & Times) => {
    const sealed = sealJson(key.key, body, place(project, id), desk.random)
    await putProof(tx, {
      address_key: null,
      provedAt: null,
      ...row,
      project_id: project,
      id,
      kind,
      body: sealed,
      key_slot: key.slot,
    })
  }
  const kept = new Set<string>()
  for (const proof of after.proofs) {
    const id = ids.get(keyOf(proof.subject, proof.kind)) ?? newId('proof', desk.random)
    kept.add(id)
    const address_key = Buffer.from(addressKey(Buffer.from(proof.subject)))
    const { askedAt, provedAt } = proof
    await put(id, proof.kind, proof, {
      state: proofState(proof, now),
      address_key,
      askedAt,
      expiresAt: proofEnds(proof),
      provedAt,
    })
  }
  const waits = async (kind: string, before: PendingChange | PendingMove | null, next: typeof before, made: boolean) => {
    const known = ids.get(kind)
    const one = next ?? before
    if (one === null) return
    const id = known ?? newId('proof', desk.random)
    kept.add(id)
    const state = next !== null ? 'change-waits' : made ? 'changed' : 'stopped'
    await put(id, kind, one, { state, askedAt: one.proposedAt, expiresAt: one.dueAt })
  }
  const { change, move } = loaded.file
  await waits(CONTACT_CHANGE, change, after.change, after.contact === change?.to)
  await waits(MOVE, move, after.move, after.organisation === move?.to)
  const gone = [...ids.values()].filter((id) => !kept.has(id))
  if (gone.length > 0)
    await tx.db.deleteFrom('project_proof').where('project_id', '=', project).where('id', 'in', gone).execute()
}

type Stored = Parameters<typeof putProof>[1]
type Kept = Pick<Stored, 'address_key' | 'provedAt'>
type Times = Pick<Stored, 'state' | 'askedAt' | 'expiresAt'>

async function sealingKey(desk: ProjectDesk, { slot }: LoadedProject): Promise<DataKey> {
  const [known] = slot === null ? [null] : desk.keys.get([slot])
  if (slot !== null && known) return { slot, key: known }
  const [fresh] = await desk.keys.allocate(1)
  if (fresh === undefined) throw new Error('the key store gave no key')
  return fresh
}
