import type { Principal, Role, Scope } from '../../core/access/principal.ts'
import { type Id, newId } from '../../core/kernel/id.ts'
import { DAY, type Instant, MINUTE } from '../../core/kernel/instant.ts'
import type { Ground } from '../ground.ts'
import { at } from '../store/connection.ts'
import { newSecret, secretDigest } from './secret.ts'

export interface NewToken {
  readonly name: string
  readonly organisation: string
  readonly person: string | null
  readonly roles: readonly Role[]
  readonly scopes: readonly Scope[]
  readonly days: number
}

/** Makes a token; the secret is returned once and stored as a keyed digest only. */
export async function makeToken(
  ground: Ground,
  token: NewToken,
): Promise<{ id: Id<'token'>; secret: string; expiresAt: Instant }> {
  const id = newId('token', ground.random)
  const secret = newSecret('token', ground.random)
  const now = ground.clock()
  const expiresAt = (now + token.days * DAY) as Instant
  await ground.store.db
    .insertInto('token')
    .values({
      id,
      digest: secretDigest(ground.keys, secret),
      name: token.name,
      organisation_id: token.organisation,
      person_id: token.person,
      scopes: [...token.scopes],
      roles: [...token.roles],
      created_at: at(now) as never,
      expires_at: at(expiresAt) as never,
    })
    .execute()
  return { id, secret, expiresAt }
}

/** The principal behind a token; null when it is unknown, ended, expired, or its person has left. Roles are cut to the person's. */
export async function recogniseToken(ground: Ground, secret: string): Promise<Principal | null> {
  const now = ground.clock()
  const row = await ground.store.db
    .selectFrom('token')
    .leftJoin('person', 'person.id', 'token.person_id')
    .select([
      'token.id',
      'token.organisation_id',
      'token.person_id',
      'token.roles',
      'token.scopes',
      'token.expires_at',
      'token.revoked_at',
      'token.last_used',
      'person.state',
      'person.roles as person_roles',
      'person.out_of_cases',
    ])
    .where('token.digest', '=', secretDigest(ground.keys, secret))
    .executeTakeFirst()
  if (row === undefined || row.revoked_at !== null || row.expires_at <= now) return null
  if (row.person_id !== null && row.state !== 'active') return null
  if (row.last_used === null || row.last_used < now - MINUTE) {
    await ground.store.db
      .updateTable('token')
      .set({ last_used: at(now) as never })
      .where('id', '=', row.id)
      .execute()
  }
  const roles = row.person_roles === null ? row.roles : row.roles.filter((role) => row.person_roles!.includes(role))
  return {
    kind: 'machine',
    person: row.person_id as Id<'person'> | null,
    organisation: row.organisation_id as Id<'organisation'>,
    roles: roles as Role[],
    scopes: row.scopes as Scope[],
    outOfCases: row.out_of_cases === true,
  }
}
