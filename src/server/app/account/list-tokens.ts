import type { TokenRow } from '../../../contract/shapes/account.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { mayList } from '../../store/predicate.ts'

/** The asker's tokens, or everybody's for an administrator; the newest first, and never a secret. */
export async function listTokens(ground: Ground, who: Principal): Promise<TokenRow[]> {
  const rows = await ground.store.db
    .selectFrom('token')
    .innerJoin('organisation', 'organisation.id', 'token.organisation_id')
    .leftJoin('person', 'person.id', 'token.person_id')
    .select([
      'token.id',
      'token.name',
      'organisation.name as organisation',
      'person.name as person',
      'token.scopes',
      'token.created_at',
      'token.expires_at',
      'token.last_used',
      'token.revoked_at',
    ])
    .where(mayList(who, 'list', 'token', { organisation: 'token.organisation_id', person: 'token.person_id' }))
    .orderBy('token.created_at', 'desc')
    .orderBy('token.id')
    .execute()
  return rows.map(({ created_at, expires_at, last_used, revoked_at, ...row }) => ({
    ...row,
    createdAt: formatInstant(instant(created_at)),
    expiresAt: formatInstant(instant(expires_at)),
    lastUsed: last_used === null ? null : formatInstant(instant(last_used)),
    revoked: revoked_at !== null,
  }))
}
