import { sql } from 'kysely'
import type { OfficeList } from '../../../contract/shapes/docket.ts'
import { presentOffices } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { DocketDesk } from './docket-desk.ts'

/** Whom a developer can ask: the organisations that have an active officer, by name. */
export async function listOffices(desk: Pick<DocketDesk, 'store'>, who: Principal): Promise<Answer<Presented<OfficeList>>> {
  const rows = await desk.store.db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where(
      sql<boolean>`exists (select from person where person.organisation_id = organisation.id and person.state = 'active'
        and 'officer' = any(person.roles))`,
    )
    .orderBy('name')
    .limit(500)
    .execute()
  const shown = presentOffices(who, { rows })
  return shown === null ? NOT_FOUND : done(shown)
}
