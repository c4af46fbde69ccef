import { sql } from 'kysely'
import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { type Invited, takeInvite } from '../../identity/invites.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { record } from './record.ts'

/** Makes the holder of an invite's secret a person here, once; null when the secret opens nothing, whatever the reason. */
export async function acceptInvite(ground: Ground, secret: string, name: string): Promise<string | null> {
  return await inTransaction(ground.store, 'none', async (tx) => {
    const invite = await takeInvite(ground, tx, secret)
    if (invite === null) return null
    const id = invite.email === null ? await comeIn(ground, tx, invite, name) : await arrive(tx, invite.email, name)
    if (id === null) return null
    await record(tx, {
      aggregate: 'person',
      id,
      type: 'person-joined',
      at: ground.clock(),
      by: 'system:identity',
      payload: { invite: invite.id },
    })
    return id
  })
}

/**
 * Somebody whom only the link knows. No address is taken from them: nobody has shown that it is theirs, and an address is what
 * an identity provider's subject is first matched by.
 */
async function comeIn(
  ground: Ground,
  tx: Tx,
  invite: Omit<Invited, 'roles'> & { roles: readonly string[] },
  name: string,
): Promise<string> {
  const id = newId('person', ground.random)
  await tx.db
    .insertInto('person')
    .values({
      id,
      organisation_id: invite.organisation,
      name,
      email: null,
      roles: [...invite.roles],
      state: 'active',
      created_at: at(ground.clock()) as never,
      last_seen: null,
    })
    .execute()
  return id
}

/** Somebody who was expected under an address; what they may do is what stands in the list of people by now. */
async function arrive(tx: Tx, email: string, name: string): Promise<string | null> {
  const row = await tx.db
    .updateTable('person')
    .set({ state: 'active', name })
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('state', '=', 'invited')
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}
