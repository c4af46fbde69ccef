import type { Stewardship } from '../../../core/cases/steward/stewardship.ts'
import type { PendingChange, ProjectContact } from '../../../core/cases/terms/project-contact.ts'
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
  loadProofRows,
  type ProjectHead,
  type ProjectRecord,
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
  if (row === undefined) return null
  const { now } = await readClocks(desk, tx)
  const proofs: Proof[] = []
  const ids = new Map<string, string>()
  let change: PendingChange | null = null
  let slot: number | null = null
  for (const stored of await loadProofRows(tx, id)) {
    const [key] = desk.keys.get([stored.key_slot])
    if (!key) continue
    slot = stored.key_slot
    const body = openJson<Proof | PendingChange>(key, stored.body, place(id, stored.id))
    if ('to' in body) change = body
    else proofs.push(body)
    ids.set('to' in body ? CONTACT_CHANGE : keyOf(body.subject, body.kind), stored.id)
  }
  const terms = row.terms as ProjectTerms
  const places = {
    repository: row.repository,
    domains: row.domains as readonly string[],
    purls: terms.project?.purls ?? (row.purl === null ? [] : [row.purl]),
  }
  const file: ProjectContact = { project: row.id as Id<'project'>, places, contact: terms.contact ?? null, change, proofs }
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
  const { row, ids, now } = loaded
  const key = await sealingKey(desk, loaded)
  const addressKey = keyedMac(desk.keys.secret('projects'), 'subject')
  const put = async (id: string, kind: string, body: Proof | PendingChange, state: Parameters<typeof putProof>[1]['state']) => {
    const proof = 'to' in body ? null : body
    await putProof(tx, {
      project_id: row.id,
      id,
      kind,
      state,
      address_key: proof === null ? null : Buffer.from(addressKey(Buffer.from(proof.subject))),
      body: sealJson(key.key, body, place(row.id, id), desk.random),
      key_slot: key.slot,
      askedAt: 'to' in body ? body.proposedAt : body.askedAt,
      expiresAt: 'to' in body ? body.dueAt : proofEnds(body),
      provedAt: proof?.provedAt ?? null,
    })
  }
  const kept = new Set<string>()
  for (const proof of after.proofs) {
    const id = ids.get(keyOf(proof.subject, proof.kind)) ?? newId('proof', desk.random)
    kept.add(id)
    await put(id, proof.kind, proof, proofState(proof, now))
  }
  const waiting = ids.get(CONTACT_CHANGE)
  if (after.change !== null) {
    const id = waiting ?? newId('proof', desk.random)
    kept.add(id)
    await put(id, CONTACT_CHANGE, after.change, 'change-waits')
  } else if (waiting !== undefined && loaded.file.change !== null) {
    kept.add(waiting)
    const made = after.contact === loaded.file.change.to
    await put(waiting, CONTACT_CHANGE, loaded.file.change, made ? 'changed' : 'stopped')
  }
  const gone = [...ids.values()].filter((id) => !kept.has(id))
  if (gone.length > 0)
    await tx.db.deleteFrom('project_proof').where('project_id', '=', row.id).where('id', 'in', gone).execute()
}

async function sealingKey(desk: ProjectDesk, { slot }: LoadedProject): Promise<DataKey> {
  const [known] = slot === null ? [null] : desk.keys.get([slot])
  if (slot !== null && known) return { slot, key: known }
  const [fresh] = await desk.keys.allocate(1)
  if (fresh === undefined) throw new Error('the key store gave no key')
  return fresh
}
