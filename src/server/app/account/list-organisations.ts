import type { OrganisationRow } from '../../../contract/shapes/account.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { mayList } from '../../store/predicate.ts'

/** Organisations by name, with how many active people each has. The one that stands for strangers is no organisation to show. */
export async function listOrganisations(ground: Ground, who: Principal): Promise<OrganisationRow[]> {
  const rows = await ground.store.db
    .selectFrom('organisation')
    .leftJoin('person', (join) =>
      join.onRef('person.organisation_id', '=', 'organisation.id').on('person.state', '=', 'active'),
    )
    .select(['organisation.id', 'organisation.name', 'organisation.kind', 'organisation.created_at'])
    .select((from) => from.fn.count<number>('person.id').as('people'))
    .where(mayList(who, 'list', 'organisation', { organisation: 'organisation.id' }))
    .where('organisation.kind', '<>', 'anonymous')
    .groupBy('organisation.id')
    .orderBy('organisation.name')
    .execute()
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: formatInstant(instant(created_at)) }))
}
