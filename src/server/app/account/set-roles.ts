import { mayGive, rolesToGive } from '../../../core/access/grantable.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal, Role } from '../../../core/access/principal.ts'
import { parseRoles } from '../../../core/access/scopes.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { anotherAdministrator } from './administrators.ts'
import { groupOf } from './group-admins.ts'
import { endInvitesBy, invitesNoMore } from './invites-by.ts'
import { record } from './record.ts'

/**
 * Sets what a person may do, and whether they take part in the cases of their organisation, at once for their sessions and tokens too. The last administrator stays one, and a group-admin does not
 * step down as the last of the organisation. What they invited ends with the role that let them.
 */
export async function setRoles(
  ground: Ground,
  who: Principal,
  text: string,
  { roles: words, cases }: { readonly roles: readonly string[]; readonly cases?: boolean | undefined },
): Promise<Answer<{ id: string; roles: string[]; cases: boolean }>> {
  const id = parseId('person', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, 'none', async (tx) => {
    // Before the person's own row is held: every command takes these locks in the same order.
    const replaceable = await anotherAdministrator(tx, id)
    const group = await groupOf(tx, who, id)
    const row = await tx.db
      .selectFrom('person')
      .select(['organisation_id', 'roles', 'state', 'out_of_cases'])
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
    const roles = parseRoles(words)
    if (roles === null) return denied('request.invalid', 'One of these is no role.', '/roles')
    if (!mayGive(who, roles)) return denied('role.not-yours', `You may give: ${rolesToGive(who).join(', ')}.`, '/roles')
    const loses = (role: Role) => row.state === 'active' && row.roles.includes(role) && !roles.includes(role)
    if (loses('administrator') && !replaceable) return denied('person.last-administrator')
    if (loses('group-admin') && group?.another === false) return denied('person.last-group-admin')
    const apart = cases === undefined ? row.out_of_cases : !cases
    await tx.db
      .updateTable('person')
      .set({ roles: [...roles], out_of_cases: apart })
      .where('id', '=', id)
      .execute()
    if (invitesNoMore(row.roles, roles)) await endInvitesBy(tx, id)
    await record(tx, {
      aggregate: 'person',
      id,
      type: 'roles-set',
      at: ground.clock(),
      by: who,
      payload: { roles, cases: !apart },
    })
    return done({ id, roles: [...roles], cases: !apart })
  })
}
