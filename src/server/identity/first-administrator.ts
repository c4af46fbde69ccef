import { newId } from '../../core/kernel/id.ts'
import type { Ground } from '../ground.ts'
import type { Config } from '../main/config.ts'
import { at, inTransaction, type Tx } from '../store/connection.ts'
import { makeInvite } from './invites.ts'

/**
 * The link by which the first administrator comes in, for the operator's terminal only; null on a demo and as soon as anybody
 * is here. Makes the clearinghouse's own organisation where there is none. A new link ends the one before.
 */
export async function firstAdministratorLink(ground: Ground, config: Config): Promise<string | null> {
  if (config.demo) return null
  return await inTransaction(ground.store, 'none', async (tx) => {
    const somebody = await tx.db.selectFrom('person').select('id').where('state', '=', 'active').limit(1).executeTakeFirst()
    if (somebody !== undefined) return null
    await tx.db.deleteFrom('invite').where('created_by', 'is', null).where('accepted_at', 'is', null).execute()
    const organisation = await clearinghouse(ground, tx, config.name)
    const { link } = await makeInvite(ground, tx, config, { organisation, email: null, roles: ['administrator'], by: null })
    return link
  })
}

async function clearinghouse(ground: Ground, tx: Tx, name: string): Promise<string> {
  const found = await tx.db
    .selectFrom('organisation')
    .select('id')
    .where('kind', '=', 'clearinghouse')
    .orderBy('created_at')
    .executeTakeFirst()
  if (found !== undefined) return found.id
  const id = newId('organisation', ground.random)
  await tx.db
    .insertInto('organisation')
    .values({ id, name, kind: 'clearinghouse', created_at: at(ground.clock()) as never })
    .execute()
  return id
}
