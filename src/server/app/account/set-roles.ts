import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseRoles } from '../../../core/access/scopes.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { anotherAdministrator } from './administrators.ts'
import { record } from './record.ts'

/** Sets what a person may do, at once for their sessions and tokens too. The last administrator stays one. */
export async function setRoles(
  ground: Ground,
  who: Principal,
  text: string,
  words: readonly string[],
): Promise<Answer<{ id: string; roles: string[] }>> {
  const id = parseId('person', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, 'none', async (tx) => {
    // Before the person's own row is held: every command takes these locks in the same order.
    const replaceable = await anotherAdministrator(tx, id)
    const row = await tx.db
      .selectFrom('person')
      .select(['organisation_id', 'roles', 'state'])
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
    if (!permits(who, 'manage', subject)) return NOT_FOUND
    const roles = parseRoles(words)
    if (roles === null) return denied('request.invalid', 'One of these is no role.', '/roles')
    const steps = row.state === 'active' && row.roles.includes('administrator') && !roles.includes('administrator')
    if (steps && !replaceable) return denied('person.last-administrator')
    await tx.db
      .updateTable('person')
      .set({ roles: [...roles] })
      .where('id', '=', id)
      .execute()
    await record(tx, { aggregate: 'person', id, type: 'roles-set', at: ground.clock(), by: who, payload: { roles } })
    return done({ id, roles: [...roles] })
  })
}
