import { sql } from 'kysely'
import type { InviteRow } from '../../../contract/shapes/account.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal, Role } from '../../../core/access/principal.ts'
import { parseRoles } from '../../../core/access/scopes.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { makeInvite } from '../../identity/invites.ts'
import type { Config } from '../../main/config.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, type Denied, denied, done, NOT_FOUND } from '../answer.ts'
import { record } from './record.ts'

export interface Wanted {
  readonly email: string | null
  /** Id or name. */
  readonly organisation: string
  readonly roles: readonly string[]
}

const EMAIL = /^[^\s@<>"\p{C}]{1,64}@[^\s@<>"\p{C}]{1,189}$/u

/**
 * Invites a person and answers the link, once. With an address the person stands in the list as invited, may come in by an
 * identity provider that vouches for that address, and a new invite to it ends the one before.
 */
export async function addInvite(ground: Ground, config: Config, who: Principal, wanted: Wanted): Promise<Answer<InviteRow>> {
  const roles = parseRoles(wanted.roles)
  if (roles === null) return denied('request.invalid', 'One of these is no role.', '/roles')
  const email = wanted.email?.trim() || null
  if (email !== null && !EMAIL.test(email)) return denied('request.invalid', 'That is no address of a person.', '/email')
  return await inTransaction(ground.store, 'none', async (tx) => {
    const organisation = await tx.db
      .selectFrom('organisation')
      .select(['id', 'name'])
      .where((is) => is.or([is('id', '=', wanted.organisation), is('name', '=', wanted.organisation)]))
      .where('kind', '<>', 'anonymous')
      .executeTakeFirst()
    const subject = {
      noun: 'invite',
      stage: 'open',
      organisation: (organisation?.id ?? null) as Id<'organisation'> | null,
      person: null,
      held: false,
    } as const
    if (!permits(who, 'manage', subject)) return NOT_FOUND
    if (organisation === undefined) return denied('request.invalid', 'There is no such organisation here.', '/organisation')
    const refused = email === null ? null : await expect(ground, tx, who, { email, organisation: organisation.id, roles })
    if (refused !== null) return refused
    const { id, link, expiresAt } = await makeInvite(ground, tx, config, {
      organisation: organisation.id,
      email,
      roles,
      by: who.person,
    })
    await record(tx, {
      aggregate: 'organisation',
      id: organisation.id,
      type: 'invite-made',
      at: ground.clock(),
      by: who,
      payload: { invite: id, roles },
    })
    return done({ id, email, organisation: organisation.name, roles: [...roles], expiresAt: formatInstant(expiresAt), link })
  })
}

/** Puts the invited person into the list, or their newest invitation into the place of the former. */
async function expect(
  ground: Ground,
  tx: Tx,
  who: Principal,
  one: { email: string; organisation: string; roles: readonly Role[] },
): Promise<Denied | null> {
  const known = await tx.db
    .selectFrom('person')
    .select(['id', 'state'])
    .where(sql<boolean>`lower(email) = lower(${one.email})`)
    .where('state', '<>', 'left')
    .forUpdate()
    .executeTakeFirst()
  if (known?.state === 'active') return denied('person.exists', undefined, '/email')
  await tx.db
    .deleteFrom('invite')
    .where(sql<boolean>`lower(email) = lower(${one.email})`)
    .where('accepted_at', 'is', null)
    .execute()
  const id = known?.id ?? newId('person', ground.random)
  const standing = { organisation_id: one.organisation, roles: [...one.roles] }
  if (known !== undefined) await tx.db.updateTable('person').set(standing).where('id', '=', id).execute()
  else {
    const now = at(ground.clock()) as never
    await tx.db
      .insertInto('person')
      .values({ id, name: one.email, email: one.email, ...standing, state: 'invited', created_at: now, last_seen: null })
      .execute()
  }
  await record(tx, {
    aggregate: 'person',
    id,
    type: 'person-invited',
    at: ground.clock(),
    by: who,
    payload: { organisation: one.organisation, roles: one.roles },
  })
  return null
}
