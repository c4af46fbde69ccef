import { sql } from 'kysely'
import { mayGive } from '../../../core/access/grantable.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { mayList } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { groupOf } from './group-admins.ts'
import { record } from './record.ts'

/** Withdraws an open invite: its link opens nothing any more, and who was expected under its address is expected no longer. */
export async function endInvite(ground: Ground, who: Principal, text: string): Promise<Answer<{ id: string; ended: true }>> {
  const id = parseId('invite', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, 'none', async (tx) => {
    const group = await groupOf(tx, who, who.person)
    const invite = await tx.db
      .selectFrom('invite')
      .select(['organisation_id', 'email', 'roles'])
      .where('id', '=', id)
      .where(mayList(who, 'manage', 'invite', { organisation: 'invite.organisation_id' }))
      .where('accepted_at', 'is', null)
      .where('expires_at', '>', at(ground.clock()) as never)
      .executeTakeFirst()
    if (invite === undefined || group?.stands === false) return NOT_FOUND
    const expected = invite.email === null ? undefined : await expectedAs(tx, invite.email)
    if (!mayGive(who, [...invite.roles, ...(expected?.roles ?? [])])) return denied('person.not-yours')
    // Nothing was changed yet: who took it up meanwhile has come in.
    const gone = await tx.db
      .deleteFrom('invite')
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (gone === undefined) return NOT_FOUND
    const now = ground.clock()
    const change = {
      aggregate: 'organisation',
      id: invite.organisation_id,
      type: 'invite-ended',
      payload: { invite: id },
    } as const
    await record(tx, { ...change, at: now, by: who })
    if (expected !== undefined) {
      await tx.db.updateTable('person').set({ state: 'left' }).where('id', '=', expected.id).execute()
      await record(tx, { aggregate: 'person', id: expected.id, type: 'person-left', at: now, by: who, payload: {} })
    }
    return done({ id, ended: true as const })
  })
}

async function expectedAs({ db }: Tx, email: string) {
  return await db
    .selectFrom('person')
    .select(['id', 'roles'])
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('state', '=', 'invited')
    .forUpdate()
    .executeTakeFirst()
}
