import type { Instant } from '../../../core/kernel/instant.ts'
import { at, type Tx } from '../../store/connection.ts'
import { type Denied, denied } from '../answer.ts'

const OPEN_INVITES = 100
const PEOPLE = 1000

/**
 * Why a group-admin may not invite one more person now; null: there is room. An administrator is not bounded: these numbers keep one
 * organisation from filling the records of all.
 */
export async function placeFor(tx: Tx, organisation: string, now: Instant): Promise<Denied | null> {
  const { open } = await tx.db
    .selectFrom('invite')
    .select((from) => from.fn.countAll<number>().as('open'))
    .where('organisation_id', '=', organisation)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', at(now) as never)
    .executeTakeFirstOrThrow()
  if (open >= OPEN_INVITES)
    return denied('quota.exceeded', `An organisation has at most ${OPEN_INVITES} open invites; withdraw one first.`)
  const { people } = await tx.db
    .selectFrom('person')
    .select((from) => from.fn.countAll<number>().as('people'))
    .where('organisation_id', '=', organisation)
    .where('state', '<>', 'left')
    .executeTakeFirstOrThrow()
  return people + open >= PEOPLE
    ? denied('quota.exceeded', `A group-admin keeps at most ${PEOPLE} people; an administrator can invite more.`)
    : null
}
