import { sql } from 'kysely'
import type { Tx } from '../../store/connection.ts'
import { unpackKeys, type PackedKey } from '../findings/sealing.ts'

/** A finding that waits to be grouped, without its body. */
export interface Waiting {
  readonly id: string
  readonly targetKey: Buffer
  readonly organisation: string
  readonly report: string
  readonly receivedAt: number
  readonly slot: number
  readonly sealedFeatures: Buffer
  readonly keys: readonly PackedKey[]
  readonly state: string
}

/** Takes the next findings off the queue; they are off it for good when the transaction commits. */
export async function takeWaiting(tx: Tx, most: number): Promise<Waiting[]> {
  const rows = await sql<{
    id: string; target_key: Buffer; organisation_id: string; report_id: string; received_at: number; key_slot: number; features: Buffer; keys: Buffer; state: string; position: number
  }>`
    with taken as (
      delete from cluster_queue where position in (select position from cluster_queue order by position limit ${most})
      returning target_key, finding_id, position
    )
    select f.id, f.target_key, f.organisation_id, f.report_id, f.received_at, f.key_slot, f.features, f.keys, f.state, t.position
    from taken t cross join lateral (select * from finding where target_key = t.target_key and id = t.finding_id limit 1) f order by t.position`.execute(tx.db)
  return rows.rows.map((row) => ({
    id: row.id, targetKey: row.target_key, organisation: row.organisation_id, report: row.report_id, receivedAt: row.received_at, slot: row.key_slot,
    sealedFeatures: row.features, keys: unpackKeys(row.keys), state: row.state,
  }))
}

/** Which flaw each of these sure digests belongs to already, by `target|digest` (hex). */
export async function flawsOfSureKeys(tx: Tx, waiting: readonly Waiting[]): Promise<Map<string, string>> {
  const wanted = waiting.flatMap((one) => one.keys.filter((key) => key.strength === 'sure').map((key) => ({ target: one.targetKey, digest: key.digest })))
  if (wanted.length === 0) return new Map()
  const rows = await sql<{ target_key: Buffer; digest: Buffer; flaw_id: string }>`
    select distinct want.t as target_key, want.d as digest, m.flaw_id
    from unnest(${wanted.map((key) => key.target)}::bytea[], ${wanted.map((key) => key.digest)}::bytea[]) as want(t, d)
    cross join lateral (select finding_id from sure_key where target_key = want.t and digest = want.d limit 50) s
    cross join lateral (select flaw_id from member where target_key = want.t and finding_id = s.finding_id limit 1) m`.execute(tx.db)
  const found = new Map<string, string>()
  for (const row of rows.rows) {
    const name = keyName(row.target_key, row.digest)
    // Of several, the first by id: the choice must not depend on the order rows come in.
    const before = found.get(name)
    if (before === undefined || row.flaw_id < before) found.set(name, row.flaw_id)
  }
  return found
}

/** A finding that leads a flaw, with what scoring needs of it. */
export interface Lead {
  readonly finding: string
  readonly flaw: string
  readonly slot: number
  readonly sealedFeatures: Buffer
}

const CANDIDATES_PER_KEY = 6

/** Leads of flaws that share a candidate digest, at most a few per digest: `target|digest` → leads. */
export async function candidateLeads(tx: Tx, waiting: readonly Waiting[]): Promise<Map<string, Lead[]>> {
  const wanted = waiting.flatMap((one) => one.keys.filter((key) => key.strength === 'candidate').map((key) => ({ target: one.targetKey, digest: key.digest })))
  if (wanted.length === 0) return new Map()
  const rows = await sql<{ target_key: Buffer; digest: Buffer; finding_id: string; flaw_id: string; key_slot: number; features: Buffer }>`
    with want as (select distinct t, d from unnest(${wanted.map((key) => key.target)}::bytea[], ${wanted.map((key) => key.digest)}::bytea[]) as w(t, d))
    select c.target_key, c.digest, c.finding_id, m.flaw_id, f.key_slot, f.features
    from want cross join lateral (
      select * from candidate_key k where k.target_key = want.t and k.digest = want.d limit ${CANDIDATES_PER_KEY}
    ) c
    cross join lateral (select flaw_id from member where target_key = c.target_key and finding_id = c.finding_id limit 1) m
    cross join lateral (select key_slot, features from finding where target_key = c.target_key and id = c.finding_id limit 1) f`.execute(tx.db)
  const found = new Map<string, Lead[]>()
  for (const row of rows.rows) {
    const name = keyName(row.target_key, row.digest)
    const leads = found.get(name) ?? []
    leads.push({ finding: row.finding_id, flaw: row.flaw_id, slot: row.key_slot, sealedFeatures: row.features })
    found.set(name, leads)
  }
  return found
}

export function keyName(target: Buffer, digest: Buffer): string {
  return `${target.toString('hex')}|${digest.toString('hex')}`
}
