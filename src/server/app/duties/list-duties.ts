import type { DutyList } from '../../../contract/shapes/duty.ts'
import { presentDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { dutyList } from './duty-out.ts'
import { publicViews } from './public-views.ts'

/** The duties of the order and the directive, with what has been said of each: for everyone. */
export async function listDuties(ground: Ground, who: Principal): Promise<Answer<Presented<DutyList>>> {
  const now = ground.clock()
  const views = await inTransaction(ground.store, 'none', async (tx) => await publicViews(tx, now))
  const shown = presentDuties(
    who,
    dutyList(
      views.map((view) => ({ view, key: null })),
      now,
    ),
  )
  return shown === null ? NOT_FOUND : done(shown)
}
