import type { InviteRow } from '../../../contract/shapes/account.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { at } from '../../store/connection.ts'
import { mayList } from '../../store/predicate.ts'

/** Invites that can still be taken up, the newest first. Their links are not known here any more. */
export async function listInvites(ground: Ground, who: Principal): Promise<InviteRow[]> {
  const rows = await ground.store.db
    .selectFrom('invite')
    .innerJoin('organisation', 'organisation.id', 'invite.organisation_id')
    .select(['invite.id', 'organisation.name as organisation', 'invite.roles', 'invite.expires_at'])
    .select((from) => from.fn.coalesce('invite.email', 'invite.label').as('email'))
    .where(mayList(who, 'list', 'invite', { organisation: 'invite.organisation_id' }))
    .where('invite.accepted_at', 'is', null)
    .where('invite.expires_at', '>', at(ground.clock()) as never)
    .orderBy('invite.created_at', 'desc')
    .execute()
  return rows.map(({ expires_at, ...row }) => ({ ...row, expiresAt: formatInstant(instant(expires_at)), link: null }))
}
