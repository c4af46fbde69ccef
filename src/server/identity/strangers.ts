import type { Id } from '../../core/kernel/id.ts'
import { newId } from '../../core/kernel/id.ts'
import type { Ground } from '../ground.ts'
import { at } from '../store/connection.ts'

/** The organisation that stands for people without an account; nobody can be a member of it. Made at first use. */
export async function anonymousOrganisation(ground: Ground): Promise<Id<'organisation'>> {
  const { db } = ground.store
  const find = () =>
    db
      .selectFrom('organisation')
      .select('id')
      .where('kind', '=', 'anonymous')
      .orderBy('created_at')
      .orderBy('id')
      .executeTakeFirst()
  const found = await find()
  if (found !== undefined) return found.id as Id<'organisation'>
  await db
    .insertInto('organisation')
    .values({
      id: newId('organisation', ground.random),
      name: 'People without an account',
      kind: 'anonymous',
      created_at: at(ground.clock()) as never,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const made = await find()
  if (made === undefined) throw new Error('the name "People without an account" is taken by another organisation')
  return made.id as Id<'organisation'>
}
