import { MINUTE } from '../../../core/kernel/instant.ts'
import { at, type Tx } from '../../store/connection.ts'
import type { SeenCase } from './load-case.ts'

/** A page that loads itself again every few seconds is one reading, told once in this time. */
const ONE_READING = 10 * MINUTE

/** Notes that somebody read content of a case: who, what kind of thing, when. The case's row is locked, so that entries have an order. */
export async function writeRead(
  tx: Tx,
  seen: SeenCase,
  what: 'page' | 'papers' | 'paper' | 'patch' | 'reproducer' | 'advisory',
  thing: string | null,
): Promise<void> {
  const { case: of, now, person, parties, coordinator } = seen
  if (seen.reads !== 'content') return
  const before = await tx.db
    .selectFrom('case_read')
    .select('entry')
    .where('case_id', '=', of.id)
    .where('person_id', person === null ? 'is' : '=', person)
    .where('what', '=', what)
    .where('thing', thing === null ? 'is' : '=', thing)
    .where('at', '>', at(now - ONE_READING))
    .limit(1)
    .executeTakeFirst()
  if (before !== undefined) return
  await tx.db.selectFrom('case_file').select('id').where('id', '=', of.id).forUpdate().execute()
  const last = await tx.db
    .selectFrom('case_read')
    .select((all) => all.fn.max('entry').as('entry'))
    .where('case_id', '=', of.id)
    .executeTakeFirst()
  const party_id = coordinator ? of.chair : (parties[0]?.id ?? null)
  await tx.db
    .insertInto('case_read')
    .values({
      case_id: of.id,
      entry: Number(last?.entry ?? 0) + 1,
      at: at(now) as never,
      person_id: person,
      party_id,
      what,
      thing,
    })
    .execute()
}
