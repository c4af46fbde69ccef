import type { Role } from '../core/access/principal.ts'
import { newId } from '../core/kernel/id.ts'
import type { Ground } from '../server/ground.ts'
import { openSession } from '../server/identity/sessions.ts'
import { at } from '../server/store/connection.ts'

export interface Member {
  readonly id: string
  readonly organisation: string
  readonly as: { readonly cookie: string }
}

/** An organisation of that name, made where there is none. */
export async function organisationNamed(ground: Ground, name: string, kind = 'finder'): Promise<string> {
  const { db } = ground.store
  const found = await db.selectFrom('organisation').select('id').where('name', '=', name).executeTakeFirst()
  if (found !== undefined) return found.id
  const id = newId('organisation', ground.random)
  await db
    .insertInto('organisation')
    .values({ id, name, kind, created_at: at(ground.clock()) as never })
    .execute()
  return id
}

/** An active person with a session. */
export async function member(
  ground: Ground,
  organisation: string,
  roles: readonly Role[],
  email: string | null = null,
): Promise<Member> {
  const id = newId('person', ground.random)
  const home = await organisationNamed(ground, organisation)
  const created = at(ground.clock()) as never
  await ground.store.db
    .insertInto('person')
    .values({
      id,
      organisation_id: home,
      name: roles.join(' and ') || 'nobody',
      email,
      roles: [...roles],
      state: 'active',
      created_at: created,
      last_seen: null,
    })
    .execute()
  return { id, organisation: home, as: { cookie: (await openSession(ground, id)).secret } }
}
