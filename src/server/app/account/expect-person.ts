import { sql } from 'kysely'
import { mayGive } from '../../../core/access/grantable.ts'
import type { Principal, Role } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { at, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import { record } from './record.ts'

export interface Expected {
  readonly email: string
  readonly organisation: string
  readonly roles: readonly Role[]
}

/** What an invite keeps of the address it is for. */
export interface Addressed {
  /** Of a person who stands in the list as invited. */
  readonly email: string | null
  /** What the inviter says, and nobody is found by. */
  readonly label: string | null
}

/** Puts the invited person into the list, or their newest invitation into the place of the former, from wherever that was. */
export async function expectPerson(ground: Ground, tx: Tx, who: Principal, one: Expected): Promise<Answer<Addressed>> {
  const known = await tx.db
    .selectFrom('person')
    .select(['id', 'state'])
    .where(sql<boolean>`lower(email) = lower(${one.email})`)
    .where('state', '<>', 'left')
    .forUpdate()
    .executeTakeFirst()
  if (known?.state === 'active') return denied('person.exists', undefined, '/email')
  await endLabels(tx, one)
  return await expect(ground, tx, who, one, known?.id ?? null)
}

/**
 * The same for a group-admin, who must not learn whether an address stands anywhere else: nobody of another organisation is looked at,
 * and an address that is new here becomes a label of the invite. It is put into no list of people, keeps no one else from using it, and
 * lets nobody in; the link does. Whoever takes that up comes in without an address.
 */
export async function expectColleague(ground: Ground, tx: Tx, who: Principal, one: Expected): Promise<Answer<Addressed>> {
  const known = await tx.db
    .selectFrom('person')
    .select(['id', 'state', 'roles'])
    .where(sql<boolean>`lower(email) = lower(${one.email})`)
    .where('organisation_id', '=', one.organisation)
    .where('state', '<>', 'left')
    .forUpdate()
    .executeTakeFirst()
  if (known?.state === 'active') return denied('person.exists', undefined, '/email')
  if (known !== undefined && !mayGive(who, known.roles)) return denied('person.not-yours', undefined, '/email')
  await endLabels(tx, one)
  return known === undefined ? done({ email: null, label: one.email }) : await expect(ground, tx, who, one, known.id)
}

/** A newer invite of an organisation to an address ends its older one. */
async function endLabels({ db }: Tx, { email, organisation }: Expected): Promise<void> {
  await db
    .deleteFrom('invite')
    .where(sql<boolean>`lower(label) = lower(${email})`)
    .where('organisation_id', '=', organisation)
    .where('accepted_at', 'is', null)
    .execute()
}

async function expect(
  ground: Ground,
  tx: Tx,
  who: Principal,
  { email, organisation, roles }: Expected,
  known: string | null,
): Promise<Answer<Addressed>> {
  await tx.db
    .deleteFrom('invite')
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('accepted_at', 'is', null)
    .execute()
  const id = known ?? newId('person', ground.random)
  const standing = { organisation_id: organisation, roles: [...roles] }
  // Whether they take part in cases is for each organisation to say.
  const apart = sql<boolean>`out_of_cases and organisation_id = ${organisation}`
  if (known !== null)
    await tx.db
      .updateTable('person')
      .set({ ...standing, out_of_cases: apart })
      .where('id', '=', id)
      .execute()
  else {
    const now = at(ground.clock()) as never
    await tx.db
      .insertInto('person')
      .values({ id, name: email, email, ...standing, state: 'invited', created_at: now, last_seen: null })
      .execute()
  }
  await record(tx, {
    aggregate: 'person',
    id,
    type: 'person-invited',
    at: ground.clock(),
    by: who,
    payload: { organisation, roles },
  })
  return done({ email, label: null })
}
