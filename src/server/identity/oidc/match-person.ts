import { sql } from 'kysely'
import type { Ground } from '../../ground.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'

/**
 * The person whom an identity provider's subject stands for: the one it was bound to, or, the first time, the one with that
 * verified address who is active or holds an open invite. Nobody is created here, and one bound to another subject of the same
 * provider is not bound anew: an address can change hands.
 */
export async function matchPerson(
  ground: Ground,
  issuer: string,
  subject: string,
  verifiedEmail: string | null,
): Promise<string | null> {
  return await inTransaction(ground.store, 'none', async (tx) => {
    const bound = await tx.db
      .selectFrom('identity')
      .innerJoin('person', 'person.id', 'identity.person_id')
      .select(['person.id', 'person.state'])
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst()
    if (bound !== undefined) return bound.state === 'active' ? bound.id : null
    if (verifiedEmail === null) return null
    const person = await tx.db
      .selectFrom('person')
      .select(['id', 'state'])
      .where(sql<boolean>`lower(email) = lower(${verifiedEmail})`)
      .where('state', '<>', 'left')
      .forUpdate()
      .executeTakeFirst()
    if (person === undefined) return null
    const other = await tx.db
      .selectFrom('identity')
      .select('subject')
      .where('issuer', '=', issuer)
      .where('person_id', '=', person.id)
      .executeTakeFirst()
    if (other !== undefined) return null
    if (person.state === 'invited' && !(await takeOpenInvite(ground, tx, verifiedEmail))) return null
    await tx.db.updateTable('person').set({ state: 'active' }).where('id', '=', person.id).execute()
    await tx.db.insertInto('identity').values({ issuer, subject, person_id: person.id }).execute()
    return person.id
  })
}

async function takeOpenInvite(ground: Ground, tx: Tx, email: string): Promise<boolean> {
  const now = at(ground.clock()) as never
  const taken = await tx.db
    .updateTable('invite')
    .set({ accepted_at: now })
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('id')
    .execute()
  return taken.length > 0
}
