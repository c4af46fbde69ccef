import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { mayList } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { record } from './record.ts'

/** Ends a token at once. Ending it again changes nothing. */
export async function endToken(ground: Ground, who: Principal, text: string): Promise<Answer<{ id: string; ended: true }>> {
  const id = parseId('token', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, 'none', async (tx) => {
    const row = await tx.db
      .selectFrom('token')
      .select('revoked_at')
      .where('id', '=', id)
      .where(mayList(who, 'manage', 'token', { organisation: 'token.organisation_id', person: 'token.person_id' }))
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return NOT_FOUND
    if (row.revoked_at === null) {
      await tx.db
        .updateTable('token')
        .set({ revoked_at: at(ground.clock()) as never })
        .where('id', '=', id)
        .execute()
      await record(tx, { aggregate: 'token', id, type: 'token-ended', at: ground.clock(), by: who, payload: {} })
    }
    return done({ id, ended: true as const })
  })
}
