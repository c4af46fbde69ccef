import { MINUTE } from '../../core/kernel/instant.ts'
import type { Ground } from '../ground.ts'
import { at } from '../store/connection.ts'
import { secretDigest } from './secret.ts'

export type ChallengeKind = 'passkey-login' | 'passkey-register' | 'oidc'

const LENGTH = 5 * MINUTE

/** Remembers that this server asked `secret` of somebody; good once, for five minutes. Only a keyed digest is stored. */
export async function openChallenge(ground: Ground, kind: ChallengeKind, secret: string, person: string | null): Promise<void> {
  const { db } = ground.store
  const now = ground.clock()
  await db
    .deleteFrom('challenge')
    .where('expires_at', '<', at(now) as never)
    .execute()
  await db
    .insertInto('challenge')
    .values({
      digest: digestOf(ground, kind, secret),
      kind,
      person_id: person,
      body: '{}',
      expires_at: at(now + LENGTH) as never,
    })
    .execute()
}

/** True when this server asked exactly that, of that person, not long ago, and nobody answered it before. */
export async function takeChallenge(
  ground: Ground,
  kind: ChallengeKind,
  secret: string,
  person: string | null,
): Promise<boolean> {
  const row = await ground.store.db
    .deleteFrom('challenge')
    .where('digest', '=', digestOf(ground, kind, secret))
    .returning(['person_id', 'expires_at'])
    .executeTakeFirst()
  return row !== undefined && row.person_id === person && row.expires_at > ground.clock()
}

function digestOf(ground: Ground, kind: ChallengeKind, secret: string): Buffer {
  return secretDigest(ground.keys, `${kind} ${secret}`)
}
