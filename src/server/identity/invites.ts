import type { Role } from '../../core/access/principal.ts'
import { type Id, newId } from '../../core/kernel/id.ts'
import { DAY, type Instant } from '../../core/kernel/instant.ts'
import type { Ground } from '../ground.ts'
import type { Config } from '../main/config.ts'
import { at, type Tx } from '../store/connection.ts'
import { newSecret, secretDigest } from './secret.ts'
import { siteOf } from './site.ts'

const LENGTH = 7 * DAY

export interface Invited {
  readonly organisation: string
  readonly email: string | null
  /** For whom the inviter says it is; nobody is found or matched by it. */
  readonly label?: string | null
  readonly roles: readonly Role[]
  /** Who invites; null for the first administrator, whom nobody could invite. */
  readonly by: string | null
}

/** Makes an invite, good once and for seven days. The secret stands in the link only; behind `#` it reaches no server's log. */
export async function makeInvite(
  ground: Ground,
  tx: Tx,
  config: Config,
  invited: Invited,
): Promise<{ id: Id<'invite'>; link: string; expiresAt: Instant }> {
  const id = newId('invite', ground.random)
  const secret = newSecret('invite', ground.random)
  const now = ground.clock()
  const expiresAt = (now + LENGTH) as Instant
  await tx.db
    .insertInto('invite')
    .values({
      id,
      secret_digest: secretDigest(ground.keys, secret),
      organisation_id: invited.organisation,
      email: invited.email,
      label: invited.label ?? null,
      roles: [...invited.roles],
      created_by: invited.by,
      created_at: at(now) as never,
      expires_at: at(expiresAt) as never,
      accepted_at: null,
    })
    .execute()
  return { id, link: `${siteOf(config)}/join#${secret}`, expiresAt }
}

/** Uses up an invite. One statement, the same for a secret that never was, was used or is over. */
export async function takeInvite(
  ground: Ground,
  tx: Tx,
  secret: string,
): Promise<(Omit<Invited, 'roles'> & { id: string; roles: readonly string[] }) | null> {
  const now = at(ground.clock()) as never
  const row = await tx.db
    .updateTable('invite')
    .set({ accepted_at: now })
    .where('secret_digest', '=', secretDigest(ground.keys, secret))
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['id', 'organisation_id', 'email', 'roles', 'created_by'])
    .executeTakeFirst()
  return row === undefined
    ? null
    : { id: row.id, organisation: row.organisation_id, email: row.email, roles: row.roles, by: row.created_by }
}
