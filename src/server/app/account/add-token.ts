import type { MadeToken } from '../../../contract/shapes/account.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseScopes, scopesOf } from '../../../core/access/scopes.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { makeToken } from '../../identity/tokens.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { record } from './record.ts'

const MOST = 100

export interface WantedToken {
  readonly name: string
  readonly scopes: readonly string[]
  readonly days: number
}

/**
 * Makes a token for the asker; the answer is the only time its secret is shown. Its scopes are some of what the asker's roles
 * allow. A token may make another that can do no more than itself, and never one that could go on making tokens: else one
 * that leaked once would renew itself for ever.
 */
export async function addToken(ground: Ground, who: Principal, wanted: WantedToken): Promise<Answer<MadeToken>> {
  const { person, organisation } = who
  if (person === null || organisation === null) return NOT_FOUND
  if (!permits(who, 'manage', { noun: 'token', stage: 'open', organisation, person, held: false })) return NOT_FOUND
  const scopes = parseScopes(wanted.scopes)
  if (isForRunner(who, scopes)) return await addRunnerToken(ground, who, organisation, wanted)
  const allowed = scopesOf(who.roles).filter(
    (scope) => who.kind === 'person' || (who.scopes.includes(scope) && scope !== 'token:manage'),
  )
  if (scopes === null || scopes.length === 0 || !scopes.every((scope) => allowed.includes(scope))) {
    return denied('request.invalid', `You may give: ${allowed.join(', ')}.`, '/scopes')
  }
  return await inTransaction(ground.store, 'none', async (tx) => {
    await tx.db.selectFrom('person').select('id').where('id', '=', person).forUpdate().executeTakeFirstOrThrow()
    const { held } = await tx.db
      .selectFrom('token')
      .select((from) => from.fn.countAll<number>().as('held'))
      .where('person_id', '=', person)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', at(ground.clock()) as never)
      .executeTakeFirstOrThrow()
    if (held >= MOST) return denied('quota.exceeded', `A person has at most ${MOST} tokens; end one first.`)
    const inside = { ...ground, store: { ...ground.store, db: tx.db } }
    const { id, secret, expiresAt } = await makeToken(inside, {
      name: wanted.name,
      organisation,
      person,
      roles: who.roles,
      scopes,
      days: wanted.days,
    })
    await record(tx, { aggregate: 'token', id, type: 'token-made', at: ground.clock(), by: who, payload: { scopes } })
    return done({ id, secret, expiresAt: formatInstant(expiresAt) })
  })
}

/** An administrator in a session may make tokens for runners: machines, that can do nothing else and are nobody's. */
function isForRunner(who: Principal, scopes: readonly string[] | null): boolean {
  const keeps = permits(who, 'manage', { noun: 'runner', stage: 'open', organisation: null, person: null, held: false })
  return who.kind === 'person' && keeps && scopes?.length === 1 && scopes[0] === 'job:lease'
}

async function addRunnerToken(
  ground: Ground,
  who: Principal,
  organisation: string,
  { name, days }: WantedToken,
): Promise<Answer<MadeToken>> {
  return await inTransaction(ground.store, 'none', async (tx) => {
    const inside = { ...ground, store: { ...ground.store, db: tx.db } }
    const token = { name, organisation, person: null, roles: ['runner'], scopes: ['job:lease'], days } as const
    const { id, secret, expiresAt } = await makeToken(inside, token)
    await record(tx, {
      aggregate: 'token',
      id,
      type: 'token-made',
      at: ground.clock(),
      by: who,
      payload: { scopes: token.scopes },
    })
    return done({ id, secret, expiresAt: formatInstant(expiresAt) })
  })
}
