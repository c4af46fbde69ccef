import type { ValidationRow } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { endWithout } from './end-validation.ts'
import { readValidationRow } from './read-validation.ts'
import { recordValidation } from './record-validation.ts'
import type { ValidationDesk } from './validation-desk.ts'
import { mayStop, selectValidations } from './validation-rows.ts'

/** Stops a validation: one that waits at once, one that runs when its runner next tells of it. */
export async function stopValidation(
  desk: ValidationDesk,
  who: Principal,
  text: string,
): Promise<Answer<Presented<ValidationRow>>> {
  const id = parseId('validation', text)
  if (id === null) return NOT_FOUND
  const stopped = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<null>> => {
    const seen = await selectValidations(tx, who, 'read').where('validation.id', '=', id).executeTakeFirst()
    if (seen === undefined || !mayStop(who, seen.asked_by)) return NOT_FOUND
    const row = await tx.db.selectFrom('validation').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
    if (row.state !== 'waiting' && row.state !== 'running') return denied('validation.ended')
    if (row.state === 'waiting')
      await endWithout(desk, tx, row, { state: 'stopped', say: 'Stopped before it ran.', mend: null }, who)
    else if (!row.stop_asked) {
      await tx.db
        .updateTable('validation')
        .set({ stop_asked: true, version: row.version + 1 })
        .where('id', '=', id)
        .execute()
      await recordValidation(tx, 'validation', id, row.version + 1, 'validation-stop-asked', desk.clock(), who)
    }
    return done(null)
  })
  if (!stopped.ok) return stopped
  desk.bell.ring()
  desk.hub.publish({ name: 'flaw', organisation: null, body: { changed: 1 } })
  return await readValidationRow(desk, who, id)
}
