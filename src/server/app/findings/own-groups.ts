import { sql } from 'kysely'
import { ownGroup } from '../../../core/findings/own-group.ts'
import type { Tx } from '../../store/connection.ts'
import type { Claim } from './prepare.ts'

export interface OwnGroup {
  readonly receipt: string
  readonly group: string
}

/** Which earlier item of the sender's own organisation claims surely the same flaw. Nobody else's items are looked at. */
export interface OwnGroups {
  find(claim: Claim): OwnGroup | null
  add(claim: Claim, group: OwnGroup): void
}

/** Strangers share an organisation and nothing else: for them nothing is ever grouped at intake. */
export const NO_GROUPS: OwnGroups = { find: () => null, add() {} }

export async function ownGroups(tx: Tx, organisation: string, claims: readonly Claim[]): Promise<OwnGroups> {
  const known = new Map<string, OwnGroup>()
  const wanted = claims.flatMap((claim) => ownKeys(claim).map((digest) => ({ target: claim.targetKey, digest })))
  if (wanted.length > 0) {
    const found = await sql<{ target_key: Buffer; digest: Buffer; id: string; own_group: string }>`
      select want.target_key, want.digest, r.id, r.own_group
      from unnest(${wanted.map((key) => key.target)}::bytea[], ${wanted.map((key) => key.digest)}::bytea[]) as want(target_key, digest)
      cross join lateral (select finding_id from sure_key k
        where k.target_key = want.target_key and k.digest = want.digest and k.organisation_id = ${organisation} limit 1) s
      cross join lateral (select receipt_id from finding where target_key = want.target_key and id = s.finding_id limit 1) f
      cross join lateral (select id, own_group from receipt where organisation_id = ${organisation} and id = f.receipt_id limit 1) r`.execute(
      tx.db,
    )
    for (const row of found.rows) known.set(name(row.target_key, row.digest), { receipt: row.id, group: row.own_group })
  }
  return {
    find(claim) {
      for (const digest of ownKeys(claim)) {
        const group = known.get(name(claim.targetKey, digest))
        if (group !== undefined) return group
      }
      return null
    },
    add(claim, group) {
      for (const digest of ownKeys(claim)) {
        const key = name(claim.targetKey, digest)
        if (!known.has(key)) known.set(key, group)
      }
    },
  }
}

/** The digests kept for later look-ups: all sure ones. */
export function sureKeys(claim: Claim): Buffer[] {
  return claim.keys.filter((key) => key.strength === 'sure').map((key) => Buffer.from(key.digest))
}

function ownKeys(claim: Claim): Buffer[] {
  return ownGroup(claim.keys).map((hex) => Buffer.from(hex, 'hex'))
}

function name(target: Buffer, digest: Buffer): string {
  return target.toString('latin1') + digest.toString('latin1')
}
