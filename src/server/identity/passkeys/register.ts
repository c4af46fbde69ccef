import { generateRegistrationOptions, type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server'
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers'
import type { Ground } from '../../ground.ts'
import type { Config } from '../../main/config.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { openChallenge, takeChallenge } from '../challenges.ts'
import { relyingParty, siteOf } from '../site.ts'

const MOST = 20

/** What the browser needs to make a passkey for that person; the challenge is good once, for five minutes. */
export async function beginPasskey(ground: Ground, config: Config, person: { id: string; name: string; email: string | null }) {
  const known = await ground.store.db
    .selectFrom('passkey')
    .select(['credential_id', 'transports'])
    .where('person_id', '=', person.id)
    .execute()
  const options = await generateRegistrationOptions({
    rpName: config.name,
    rpID: relyingParty(config),
    userName: person.email ?? person.name,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    challenge: new Uint8Array(ground.random(32)),
    attestationType: 'none',
    excludeCredentials: known.map((key) => ({ id: key.credential_id.toString('base64url'), transports: key.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await openChallenge(ground, 'passkey-register', options.challenge, person.id)
  return options
}

/** Keeps the passkey the browser made; false when anything about it is not as asked, or the person has twenty already. */
export async function finishPasskey(
  ground: Ground,
  config: Config,
  person: string,
  response: RegistrationResponseJSON,
): Promise<boolean> {
  const made = await verify(ground, config, person, response)
  if (made === null) return false
  return await inTransaction(ground.store, 'none', async ({ db }) => {
    await db.selectFrom('person').select('id').where('id', '=', person).forUpdate().executeTakeFirstOrThrow()
    const { held } = await db
      .selectFrom('passkey')
      .select((from) => from.fn.countAll<number>().as('held'))
      .where('person_id', '=', person)
      .executeTakeFirstOrThrow()
    if (held >= MOST) return false
    const kept = await db
      .insertInto('passkey')
      .values({
        credential_id: Buffer.from(made.id, 'base64url'),
        person_id: person,
        public_key: Buffer.from(made.publicKey),
        counter: made.counter,
        transports: [...(made.transports ?? [])].filter((word) => /^[a-z-]{1,20}$/.test(word)).slice(0, 10),
        created_at: at(ground.clock()) as never,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('person_id')
      .executeTakeFirst()
    return kept !== undefined
  })
}

// The response is hostile: whatever the library cannot read it throws on.
async function verify(ground: Ground, config: Config, person: string, response: RegistrationResponseJSON) {
  try {
    if (!plainAttestation(response)) return null
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: async (challenge) => await takeChallenge(ground, 'passkey-register', challenge, person),
      expectedOrigin: siteOf(config),
      expectedRPID: relyingParty(config),
      requireUserVerification: true,
    })
    return verified ? registrationInfo.credential : null
  } catch {
    return null
  }
}

/**
 * We ask for no attestation. One with a certificate chain is refused unread: checking such a chain would fetch addresses that
 * stand in the certificate.
 */
function plainAttestation(response: RegistrationResponseJSON): boolean {
  const object = decodeAttestationObject(isoBase64URL.toBuffer(response.response.attestationObject))
  const format = object.get('fmt')
  return format === 'none' || (format === 'packed' && object.get('attStmt').get('x5c') === undefined)
}
