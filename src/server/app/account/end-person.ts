import { sql } from 'kysely'
import { mayGive } from '../../../core/access/grantable.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { anotherAdministrator } from './administrators.ts'
import { groupOf } from './group-admins.ts'
import { endInvitesBy } from './invites-by.ts'
import { record } from './record.ts'

/** Ends a membership: sessions, tokens, every way to sign in and what they invited end with it; name and history stay. */
export async function endPerson(ground: Ground, who: Principal, text: string): Promise<Answer<{ id: string; ended: true }>> {
  const id = parseId('person', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, 'none', async (tx) => {
    const replaceable = await anotherAdministrator(tx, id)
    const group = await groupOf(tx, who, id)
    const row = await tx.db
      .selectFrom('person')
      .select(['organisation_id', 'email', 'roles', 'state'])
      .where('id', '=', id)
      .where('state', '<>', 'left')
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return NOT_FOUND
    const subject = {
      noun: 'person',
      stage: 'open',
      organisation: row.organisation_id as Id<'organisation'>,
      person: id,
      held: false,
    } as const
    if (!permits(who, 'manage', subject) || group?.stands === false) return NOT_FOUND
    if (!mayGive(who, row.roles)) return denied('person.not-yours')
    if (row.state === 'active' && row.roles.includes('administrator') && !replaceable)
      return denied('person.last-administrator')
    if (row.state === 'active' && row.roles.includes('group-admin') && group?.another === false)
      return denied('person.last-group-admin')
    await tx.db.updateTable('person').set({ state: 'left' }).where('id', '=', id).execute()
    await endInvitesBy(tx, id)
    await endEveryWayIn(tx, id, row.email, ground.clock())
    await record(tx, { aggregate: 'person', id, type: 'person-left', at: ground.clock(), by: who, payload: {} })
    return done({ id, ended: true as const })
  })
}

async function endEveryWayIn({ db }: Tx, person: string, email: string | null, now: number): Promise<void> {
  for (const table of ['session', 'passkey', 'recovery_code', 'identity'] as const)
    await db.deleteFrom(table).where('person_id', '=', person).execute()
  await db
    .updateTable('token')
    .set({ revoked_at: at(now) as never })
    .where('person_id', '=', person)
    .where('revoked_at', 'is', null)
    .execute()
  if (email === null) return
  await db.deleteFrom('invite').where(sql<boolean>`lower(email) = lower(${email})`).where('accepted_at', 'is', null).execute()
}
