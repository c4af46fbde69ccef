import type { OrganisationRow } from '../../../contract/shapes/account.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { record } from './record.ts'

/** Adds an organisation under a name that none has yet. */
export async function addOrganisation(
  ground: Ground,
  who: Principal,
  { name, kind }: { name: string; kind: string },
): Promise<Answer<OrganisationRow>> {
  if (!permits(who, 'manage', { noun: 'organisation', stage: 'open', organisation: null, person: null, held: false }))
    return NOT_FOUND
  const id = newId('organisation', ground.random)
  const now = ground.clock()
  return await inTransaction(ground.store, 'none', async (tx) => {
    const taken = await tx.db.selectFrom('organisation').select('id').where('name', '=', name).executeTakeFirst()
    if (taken !== undefined) return denied('organisation.exists', undefined, '/name')
    await tx.db
      .insertInto('organisation')
      .values({ id, name, kind, created_at: at(now) as never })
      .execute()
    await record(tx, { aggregate: 'organisation', id, type: 'organisation-added', at: now, by: who, payload: { kind } })
    return done({ id, name, kind, people: 0, createdAt: formatInstant(now) })
  })
}
