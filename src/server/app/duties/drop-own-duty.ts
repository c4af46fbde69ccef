import { presentOwnDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { deleteOwnDuty, ownDutyOf } from '../../store/own-duty.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { recordDuty } from './record-duty.ts'

/** Drops a duty and destroys its key: nothing of it can be read again. */
export async function dropOwnDuty(ground: Ground, who: Principal, text: string): Promise<Answer<Presented<{ id: string }>>> {
  const id = parseId('duty', text)
  const { organisation } = who
  if (id === null || organisation === null) return NOT_FOUND
  const slot = await inTransaction(ground.store, { organisation }, async (tx) => {
    const row = await ownDutyOf(tx, organisation, id)
    if (row === undefined) return null
    await deleteOwnDuty(tx, organisation, id)
    await recordDuty(tx, 'own-duty', { id, version: row.version + 1 }, 'own-duty-dropped', ground.clock(), who)
    return row.key_slot
  })
  if (slot === null) return NOT_FOUND
  await ground.keys.erase([slot])
  const shown = presentOwnDuties(who, organisation, { id })
  return shown === null ? NOT_FOUND : done(shown)
}
