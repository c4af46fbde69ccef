import type { Principal, Role } from '../../core/access/principal.ts'
import { SCOPES } from '../../core/access/principal.ts'
import { type Id, newId } from '../../core/kernel/id.ts'
import { DAY, HOUR, type Instant } from '../../core/kernel/instant.ts'
import type { Ground } from '../ground.ts'
import { at } from '../store/connection.ts'
import { newSecret, secretDigest } from './secret.ts'

/** A session ends after 12 hours, whatever happens in it. */
export const SESSION_LENGTH = 12 * HOUR

/** Opens a session for a person and returns the secret for the cookie. */
export async function openSession(ground: Ground, person: string): Promise<{ secret: string; expiresAt: Instant }> {
  const secret = newSecret('session', ground.random)
  const now = ground.clock()
  const expiresAt = (now + SESSION_LENGTH) as Instant
  await ground.store.db
    .insertInto('session')
    .values({
      digest: secretDigest(ground.keys, secret),
      id: newId('session', ground.random),
      person_id: person,
      created_at: at(now) as never,
      expires_at: at(expiresAt) as never,
    })
    .execute()
  await ground.store.db
    .updateTable('person')
    .set({ last_seen: at(now) as never })
    .where('id', '=', person)
    .execute()
  await ground.store.db
    .deleteFrom('session')
    .where('expires_at', '<', at(now - DAY) as never)
    .execute()
  return { secret, expiresAt }
}

/** The person behind a session's secret; null when it is unknown, over, or the person has left. */
export async function recogniseSession(
  ground: Ground,
  secret: string,
): Promise<{ principal: Principal; digest: Buffer } | null> {
  const digest = secretDigest(ground.keys, secret)
  const row = await ground.store.db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select([
      'person.id',
      'person.organisation_id',
      'person.roles',
      'person.state',
      'person.out_of_cases',
      'session.expires_at',
    ])
    .where('session.digest', '=', digest)
    .executeTakeFirst()
  if (row === undefined || row.state !== 'active' || row.expires_at <= ground.clock()) return null
  const principal: Principal = {
    kind: 'person',
    person: row.id as Id<'person'>,
    organisation: row.organisation_id as Id<'organisation'>,
    roles: row.roles as Role[],
    scopes: [...SCOPES],
    outOfCases: row.out_of_cases,
  }
  return { principal, digest }
}

export async function endSession(ground: Ground, digest: Buffer): Promise<void> {
  await ground.store.db.deleteFrom('session').where('digest', '=', digest).execute()
}
