import { type Principal, type Role, SCOPES } from '../core/access/principal.ts'
import type { Id } from '../core/kernel/id.ts'
import type { Ground } from '../server/ground.ts'

/** Somebody of the demo as the doors would know them, by address; throws where they are not there. */
export type People = (email: string) => Principal

/** Everybody who has an address. */
export async function loadPeople({ store }: Ground): Promise<People> {
  const rows = await store.db
    .selectFrom('person')
    .select(['id', 'organisation_id', 'roles', 'email'])
    .where('email', 'is not', null)
    .where('state', '=', 'active')
    .execute()
  const known = new Map(rows.map((row) => [row.email, row]))
  return (email) => {
    const row = known.get(email)
    if (row === undefined) throw new Error(`${email} is not here any more`)
    return {
      kind: 'person',
      person: row.id as Id<'person'>,
      organisation: row.organisation_id as Id<'organisation'>,
      roles: row.roles as Role[],
      scopes: [...SCOPES],
    }
  }
}
