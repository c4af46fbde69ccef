import type { DutyList } from '../../../contract/shapes/duty.ts'
import { presentOwnDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { ownDutiesOf } from '../../store/own-duty.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { openOwnDuty, ownDutyList } from './own-duty-body.ts'

/** The duties that the caller's organisation set itself. */
export async function listOwnDuties(ground: Ground, who: Principal): Promise<Answer<Presented<DutyList>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const rows = await inTransaction(ground.store, { organisation }, async (tx) => await ownDutiesOf(tx, organisation))
  const duties = rows.flatMap((row) => openOwnDuty(ground, row) ?? [])
  const shown = presentOwnDuties(who, organisation, ownDutyList(duties, ground.clock()))
  return shown === null ? NOT_FOUND : done(shown)
}
