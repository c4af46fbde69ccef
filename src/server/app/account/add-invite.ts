import type { InviteRow } from '../../../contract/shapes/account.ts'
import { mayGive, rolesToGive } from '../../../core/access/grantable.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseRoles } from '../../../core/access/scopes.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { makeInvite } from '../../identity/invites.ts'
import type { Config } from '../../main/config.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type Addressed, expectColleague, expectPerson } from './expect-person.ts'
import { groupOf } from './group-admins.ts'
import { placeFor } from './place-for.ts'
import { record } from './record.ts'

export interface Wanted {
  readonly email: string | null
  /** Id or name. */
  readonly organisation: string
  readonly roles: readonly string[]
}

const EMAIL = /^[^\s@<>"\p{C}]{1,64}@[^\s@<>"\p{C}]{1,189}$/u

/**
 * Invites a person and answers the link, once; a new invite to an address ends the one before. Invited by an administrator, somebody
 * with an address stands in the list as invited and may come in by an identity provider that vouches for it. A group-admin invites
 * into the own organisation, to the roles of core/access/grantable.ts, and the address is a label (see expect-person.ts).
 */
export async function addInvite(ground: Ground, config: Config, who: Principal, wanted: Wanted): Promise<Answer<InviteRow>> {
  const roles = parseRoles(wanted.roles)
  if (roles === null) return denied('request.invalid', 'One of these is no role.', '/roles')
  const email = wanted.email?.trim() || null
  if (email !== null && !EMAIL.test(email)) return denied('request.invalid', 'That is no address of a person.', '/email')
  return await inTransaction(ground.store, 'none', async (tx) => {
    const group = await groupOf(tx, who, who.person)
    const organisation = await tx.db
      .selectFrom('organisation')
      .select(['id', 'name'])
      .where((is) => is.or([is('id', '=', wanted.organisation), is('name', '=', wanted.organisation)]))
      .where('kind', '<>', 'anonymous')
      .executeTakeFirst()
    const subject = {
      noun: 'invite',
      stage: 'open',
      organisation: (organisation?.id ?? null) as Id<'organisation'> | null,
      person: null,
      held: false,
    } as const
    if (!permits(who, 'manage', subject) || group?.stands === false) return NOT_FOUND
    if (organisation === undefined) return denied('request.invalid', 'There is no such organisation here.', '/organisation')
    if (!mayGive(who, roles)) return denied('role.not-yours', `You may give: ${rolesToGive(who).join(', ')}.`, '/roles')
    if (group !== null) {
      const full = await placeFor(tx, organisation.id, ground.clock())
      if (full !== null) return full
    }
    const expected = { organisation: organisation.id, roles }
    const expect = group === null ? expectPerson : expectColleague
    const addressed: Answer<Addressed> =
      email === null ? done({ email: null, label: null }) : await expect(ground, tx, who, { ...expected, email })
    if (!addressed.ok) return addressed
    const invited = { ...expected, ...addressed.value, by: who.person }
    const { id, link, expiresAt } = await makeInvite(ground, tx, config, invited)
    await record(tx, {
      aggregate: 'organisation',
      id: organisation.id,
      type: 'invite-made',
      at: ground.clock(),
      by: who,
      payload: { invite: id, roles },
    })
    return done({ id, email, organisation: organisation.name, roles: [...roles], expiresAt: formatInstant(expiresAt), link })
  })
}
