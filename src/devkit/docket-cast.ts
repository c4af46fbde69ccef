import { type Principal, type Role, SCOPES } from '../core/access/principal.ts'
import type { Id } from '../core/kernel/id.ts'
import type { Answer } from '../server/app/answer.ts'
import type { DocketDesk } from '../server/app/docket/docket-desk.ts'
import { DOCKET_PEOPLE, type DocketCast } from './docket-people.ts'

/** Somebody of the cast, as the doors would know them; throws where they are not there. */
export type Cast = (name: DocketCast) => Principal

/** Everybody of the cast as the doors would know them. */
export async function loadCast(desk: DocketDesk): Promise<Cast> {
  const rows = await desk.store.db
    .selectFrom('person')
    .select(['id', 'organisation_id', 'roles', 'email'])
    .where(
      'email',
      'in',
      Object.values(DOCKET_PEOPLE).map(({ email }) => email),
    )
    .where('state', '=', 'active')
    .execute()
  return (name) => {
    const row = rows.find(({ email }) => email === DOCKET_PEOPLE[name].email)
    if (row === undefined) throw new Error(`${DOCKET_PEOPLE[name].name} is not here any more`)
    return {
      kind: 'person',
      person: row.id as Id<'person'>,
      organisation: row.organisation_id as Id<'organisation'>,
      roles: row.roles as Role[],
      scopes: [...SCOPES],
    }
  }
}

/** What a command answered; throws with the refusal where it was refused. */
export function must<T>(answer: Answer<T>, what: string): T {
  if (!answer.ok) throw new Error(`${what}: ${answer.code} ${answer.where ?? ''} ${answer.say ?? ''}`)
  return answer.value
}
