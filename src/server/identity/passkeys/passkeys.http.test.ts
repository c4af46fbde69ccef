import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Authenticator } from '../../../devkit/authenticator.ts'
import { openDoor, sessionOf, type TestDoor } from '../../../devkit/door.ts'
import { type Member, member } from '../../../devkit/members.ts'

// A suite, so that the door closes before the database that every suite of the process shares.
describe('passkeys', () => {
  let door: TestDoor
  const ORIGIN = 'http://localhost:4180'

  before(async () => {
    door = await openDoor()
  })
  after(async () => await door.close())

  const post = (path: string, body?: unknown, as: Member['as'] | null = null) => door.ask('POST', path, { as, body })

  async function register(who: Member, key: Authenticator, origin = ORIGIN): Promise<Response> {
    const options = await (await post('/v1/passkeys/register/options', undefined, who.as)).json()
    return await post('/v1/passkeys/register', key.register(options, origin), who.as)
  }

  async function login(key: Authenticator, origin = ORIGIN): Promise<Response> {
    return await post('/v1/passkeys/login', key.login(await (await post('/v1/passkeys/login/options')).json(), origin))
  }

  test('a passkey is made in a session and opens the next one by itself', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const key = new Authenticator()
    assert.equal((await register(who, key)).status, 201)
    const answer = await login(key)
    assert.equal(answer.status, 200)
    assert.equal((await answer.json()).person.id, who.id)
    const me = await (await door.ask('GET', '/v1/me', { as: sessionOf(answer) })).json()
    assert.deepEqual([me.signedIn, me.person.id, me.roles], [true, who.id, ['finder']])
    assert.equal((await login(key)).status, 200, 'and again, with a higher counter')
  })

  test('the options ask for a discoverable key with user verification, bound to this host', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const options = await (await post('/v1/passkeys/register/options', undefined, who.as)).json()
    assert.equal(options.rp.id, 'localhost')
    assert.equal(options.authenticatorSelection.residentKey, 'required')
    assert.equal(options.authenticatorSelection.userVerification, 'required')
    const asked = await (await post('/v1/passkeys/login/options')).json()
    assert.deepEqual([asked.userVerification, asked.allowCredentials], ['required', undefined], 'nobody is named')
  })

  test('every failure says the same, byte for byte', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const key = new Authenticator()
    await register(who, key)
    await login(key)
    const bodies = new Map<string, string>()
    const fail = async (why: string, answer: Response) => {
      assert.equal(answer.status, 401, why)
      assert.equal(sessionOf(answer), null, why)
      bodies.set(why, await answer.text())
    }
    await fail('unknown passkey', await login(new Authenticator()))
    await fail('other origin', await login(key, 'https://evil.example'))

    const options = await (await post('/v1/passkeys/login/options')).json()
    const answer = key.login(options, ORIGIN)
    const bent = Buffer.from(answer.response['signature'] as string, 'base64url')
    bent[bent.length - 1]! ^= 1
    await fail(
      'bent signature',
      await post('/v1/passkeys/login', { ...answer, response: { ...answer.response, signature: bent.toString('base64url') } }),
    )
    await fail('challenge used up by the failure before', await post('/v1/passkeys/login', answer))
    await fail(
      'challenge never asked',
      await post('/v1/passkeys/login', key.login({ challenge: 'AAAA', rpId: 'localhost' }, ORIGIN)),
    )
    await fail(
      'other relying party',
      await post(
        '/v1/passkeys/login',
        key.login({ ...(await (await post('/v1/passkeys/login/options')).json()), rpId: 'evil.example' }, ORIGIN),
      ),
    )

    key.counter = 0
    await fail('a counter that went back: the key was copied', await login(key))
    key.counter = 50
    key.verifies = false
    await fail('user not verified', await login(key))
    key.verifies = true

    const late = await (await post('/v1/passkeys/login/options')).json()
    door.time.now += 5 * 60_000 + 1
    await fail('too late', await post('/v1/passkeys/login', key.login(late, ORIGIN)))
    await fail(
      'no bytes',
      await post('/v1/passkeys/login', { id: 'AA', rawId: 'AA', type: 'public-key', response: { clientDataJSON: '' } }),
    )
    await door.ground.store.db.updateTable('person').set({ state: 'left' }).where('id', '=', who.id).execute()
    await fail('a person who left', await login(key))
    assert.equal(new Set(bodies.values()).size, 1, JSON.stringify([...bodies]))
  })

  test('a challenge is good once', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const key = new Authenticator()
    await register(who, key)
    const options = await (await post('/v1/passkeys/login/options')).json()
    assert.equal((await post('/v1/passkeys/login', key.login(options, ORIGIN))).status, 200)
    assert.equal((await post('/v1/passkeys/login', key.login(options, ORIGIN))).status, 401)
  })

  test('a challenge for one person or purpose serves no other', async () => {
    const [one, other] = [
      await member(door.ground, 'Halyard Labs', ['finder']),
      await member(door.ground, 'Tern Security', ['finder']),
    ]
    const options = await (await post('/v1/passkeys/register/options', undefined, one.as)).json()
    assert.equal((await post('/v1/passkeys/register', new Authenticator().register(options, ORIGIN), other.as)).status, 401)
    const key = new Authenticator()
    await register(one, key)
    const again = await (await post('/v1/passkeys/register/options', undefined, one.as)).json()
    assert.equal(
      (await post('/v1/passkeys/login', key.login({ challenge: again.challenge, rpId: 'localhost' }, ORIGIN))).status,
      401,
    )
  })

  test('somebody else’s passkey cannot be taken over by registering its id', async () => {
    const [one, other] = [
      await member(door.ground, 'Halyard Labs', ['finder']),
      await member(door.ground, 'Tern Security', ['finder']),
    ]
    const key = new Authenticator()
    assert.equal((await register(one, key)).status, 201)
    assert.equal((await register(other, key)).status, 401)
  })

  test('an attestation with a certificate chain is refused before anything in it is followed', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const options = await (await post('/v1/passkeys/register/options', undefined, who.as)).json()
    const answer = new Authenticator().register(options, ORIGIN)
    const object = Buffer.from(answer.response['attestationObject'] as string, 'base64url').toString('latin1')
    // { fmt: "none", attStmt: {} } becomes { fmt: "tpmm", … }: any format but "none" and plain "packed".
    const other = Buffer.from(object.replace('dnone', 'dtpmm'), 'latin1').toString('base64url')
    assert.equal(
      (await post('/v1/passkeys/register', { ...answer, response: { ...answer.response, attestationObject: other } }, who.as))
        .status,
      401,
    )
  })

  test('attempts with one passkey are counted', async () => {
    const key = new Authenticator()
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await login(key)).status)
    assert.deepEqual([...new Set(statuses)], [401, 429])
  })
})
