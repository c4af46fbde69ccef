import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import type { Ground } from '../../ground.ts'
import type { Config } from '../../main/config.ts'
import { openChallenge, takeChallenge } from '../challenges.ts'
import { relyingParty, siteOf } from '../site.ts'
import { DECOY_KEY } from './decoy.ts'

/** What the browser needs to offer the passkeys it holds for this site. Nobody is named, so nothing is told about anybody. */
export async function beginLogin(ground: Ground, config: Config) {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(config),
    userVerification: 'required',
    challenge: new Uint8Array(ground.random(32)),
  })
  await openChallenge(ground, 'passkey-login', options.challenge, null)
  return options
}

/** The active person who answered with their passkey; null on any fault, among them a counter that did not go up. */
export async function finishLogin(
  ground: Ground,
  config: Config,
  response: AuthenticationResponseJSON,
): Promise<string | null> {
  const id = Buffer.from(response.id, 'base64url')
  const row = await ground.store.db
    .selectFrom('passkey')
    .innerJoin('person', 'person.id', 'passkey.person_id')
    .select(['passkey.person_id', 'passkey.public_key', 'passkey.counter', 'person.state'])
    .where('credential_id', '=', id)
    .executeTakeFirst()
  const counter = await verify(ground, config, response, row?.public_key ?? DECOY_KEY, row?.counter ?? 0)
  if (row === undefined || counter === null || row.state !== 'active') return null
  const handle = response.response.userHandle
  if (handle && Buffer.from(handle, 'base64url').toString('utf8') !== row.person_id) return null
  // Written only while it is still the counter that was checked: of two uses of a copied key at once, one fails.
  const moved = await ground.store.db
    .updateTable('passkey')
    .set({ counter })
    .where('credential_id', '=', id)
    .where('counter', '=', row.counter)
    .returning('person_id')
    .executeTakeFirst()
  return moved === undefined ? null : row.person_id
}

async function verify(
  ground: Ground,
  config: Config,
  response: AuthenticationResponseJSON,
  key: Uint8Array,
  counter: number,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: async (challenge) => await takeChallenge(ground, 'passkey-login', challenge, null),
      expectedOrigin: siteOf(config),
      expectedRPID: relyingParty(config),
      credential: { id: response.id, publicKey: new Uint8Array(key), counter },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    // The response is hostile: whatever the library cannot read or does not accept it throws on.
    return null
  }
}
