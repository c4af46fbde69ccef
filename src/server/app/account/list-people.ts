import type { PersonRow } from '../../../contract/shapes/account.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { mayList } from '../../store/predicate.ts'

/** People by organisation and name; those who left stand at the end, so that what they did keeps a name. */
export async function listPeople(ground: Ground, who: Principal): Promise<PersonRow[]> {
  const rows = await ground.store.db
    .selectFrom('person')
    .innerJoin('organisation', 'organisation.id', 'person.organisation_id')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'organisation.name as organisation',
      'person.roles',
      'person.state',
      'person.out_of_cases',
      'person.last_seen',
    ])
    .where(mayList(who, 'list', 'person', { organisation: 'person.organisation_id', person: 'person.id' }))
    .orderBy((order) => order('person.state', '=', 'left'))
    .orderBy('organisation.name')
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()
  return rows.map(({ last_seen, out_of_cases, ...row }) => ({
    ...row,
    cases: !out_of_cases,
    lastSeen: last_seen === null ? null : formatInstant(instant(last_seen)),
  }))
}
