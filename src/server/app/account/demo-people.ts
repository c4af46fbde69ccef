import type { DemoPerson } from '../../../contract/shapes/account.ts'
import type { Ground } from '../../ground.ts'

/** The setting under which the seed of a demo names its people: id and what each sees first, in the order to show them. */
export const DEMO_PEOPLE = 'demo-people'

export interface SeededPerson {
  readonly id: string
  readonly says: string
}

/** The seeded people who are still here; empty where nothing was seeded. */
export async function listDemoPeople(ground: Ground): Promise<DemoPerson[]> {
  const { db } = ground.store
  const setting = await db.selectFrom('setting').select('value').where('name', '=', DEMO_PEOPLE).executeTakeFirst()
  const seeded = (setting?.value ?? []) as SeededPerson[]
  if (seeded.length === 0) return []
  const rows = await db
    .selectFrom('person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation_id')
    .select(['person.id', 'person.name', 'person.roles', 'organisation.name as organisation'])
    .where(
      'person.id',
      'in',
      seeded.map(({ id }) => id),
    )
    .where('person.state', '=', 'active')
    .execute()
  return seeded.flatMap(({ id, says }) => {
    const row = rows.find((one) => one.id === id)
    return row === undefined ? [] : [{ ...row, says }]
  })
}
