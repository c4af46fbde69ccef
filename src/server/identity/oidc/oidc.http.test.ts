import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openDoor, sessionOf, type TestDoor } from '../../../devkit/door.ts'
import { type IdentityProvider, identityProvider } from '../../../devkit/identity-provider.ts'
import { member } from '../../../devkit/members.ts'

const REDIRECT = 'http://localhost:4180/v1/oidc/return'

describe('sign-in by an identity provider', () => {
  let door: TestDoor
  let idp: IdentityProvider

  before(async () => {
    idp = await identityProvider({ id: 'weir', secret: 'a secret of this test', redirect: REDIRECT })
    door = await openDoor({
      oidc: { issuer: idp.issuer, clientId: 'weir', clientSecret: 'a secret of this test', name: 'Test provider' },
    })
  })
  after(async () => {
    await door.close()
    await idp.close()
  })

  async function start() {
    const answer = await door.ask('GET', '/v1/oidc/start')
    assert.equal(answer.status, 302)
    const cookie = /^(weir_oidc=[\w-]{43}); Path=\/v1\/oidc; Max-Age=300; HttpOnly; SameSite=Lax$/.exec(
      answer.headers.getSetCookie()[0]!,
    )![1]!
    return { url: new URL(answer.headers.get('location')!), cookie }
  }
  const back = (at: URL, cookie: string) => door.ask('GET', `${at.pathname}${at.search}`, { headers: { cookie } })
  const come = async (account: IdentityProvider['account']) => {
    idp.account = account
    const { url, cookie } = await start()
    return await back(await idp.walk(url.href), cookie)
  }
  const whoIs = async (answer: Response) =>
    (await (await door.ask('GET', '/v1/me', { as: sessionOf(answer) })).json()).person?.id ?? null
  const failed = (answer: Response, why: string) => {
    assert.deepEqual([answer.status, answer.headers.get('location'), sessionOf(answer)], [302, '/sign-in?failed=1', null], why)
  }

  test('the browser leaves with PKCE, state and nonce, and nothing of them lies in the database', async () => {
    const { url } = await start()
    assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
    for (const name of ['state', 'nonce', 'code_challenge']) assert.match(url.searchParams.get(name)!, /^[\w-]{43}$/)
    const { rows } = await door.database.owner.query('select c::text as all from weir.challenge c')
    for (const row of rows)
      assert.ok(!row.all.includes(url.searchParams.get('state')!) && !row.all.includes(url.searchParams.get('nonce')!))
  })

  test('a verified address finds its person the first time, the subject ever after', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'], 'ada@example.org')
    const answer = await come({ sub: 'ada', email: 'ADA@example.org', email_verified: true })
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/'])
    assert.equal(await whoIs(answer), who.id)
    assert.equal(await whoIs(await come({ sub: 'ada', email: 'renamed@example.org', email_verified: true })), who.id)
    failed(
      await come({ sub: 'successor', email: 'ada@example.org', email_verified: true }),
      'the address went to somebody else',
    )
  })

  test('nobody is made here, and an address that nobody verified finds nobody', async () => {
    await member(door.ground, 'Halyard Labs', ['finder'], 'eve@example.org')
    failed(await come({ sub: 'eve', email: 'eve@example.org', email_verified: false }), 'not verified')
    failed(await come({ sub: 'eve', email: 'eve@example.org' }), 'not said to be verified')
    failed(await come({ sub: 'stranger', email: 'stranger@example.org', email_verified: true }), 'unknown')
    failed(await come({ sub: 'bare' }), 'no address')
  })

  test('an invited person may come in this way while the invite is open, and uses it up', async () => {
    const admin = await member(door.ground, 'Clearinghouse', ['administrator'])
    const invite = async (email: string) =>
      await (
        await door.ask('POST', '/v1/invites', {
          as: admin.as,
          body: { email, organisation: 'Clearinghouse', roles: ['inspector'] },
        })
      ).json()
    const { link } = await invite('bo@example.org')
    const me = await (
      await door.ask('GET', '/v1/me', {
        as: sessionOf(await come({ sub: 'bo', email: 'bo@example.org', email_verified: true })),
      })
    ).json()
    assert.deepEqual([me.person.email, me.roles], ['bo@example.org', ['inspector']])
    assert.equal(
      (await door.ask('POST', '/v1/invites/accept', { body: { secret: new URL(link).hash.slice(1), name: 'Not Bo' } })).status,
      401,
    )
    await invite('cy@example.org')
    door.time.now += 7 * 86_400_000
    failed(await come({ sub: 'cy', email: 'cy@example.org', email_verified: true }), 'the invite is over')
    door.time.now -= 7 * 86_400_000
  })

  test('what a group-admin calls an invite lets nobody in by an address, there or elsewhere', async () => {
    const admin = await member(door.ground, 'Clearinghouse', ['administrator'])
    const keeper = await member(door.ground, 'Skerry Project', ['group-admin'])
    const invite = async (by: typeof admin, email: string, organisation: string) =>
      await door.ask('POST', '/v1/invites', { as: by.as, body: { email, organisation, roles: ['maintainer'] } })
    await invite(keeper, 'gil@example.org', 'Skerry Project')
    failed(await come({ sub: 'gil', email: 'gil@example.org', email_verified: true }), 'a name on an invite')
    const first = await (await invite(admin, 'hal@example.org', 'Halyard Labs')).json()
    assert.equal((await invite(keeper, 'hal@example.org', 'Skerry Project')).status, 201)
    await door.database.owner.query(`update weir.invite set expires_at = created_at where id = $1`, [first.id])
    failed(await come({ sub: 'hal', email: 'hal@example.org', email_verified: true }), 'the invite to Halyard Labs is over')
  })

  test('a return counts once, in the browser that left, and as it was sent', async () => {
    await member(door.ground, 'Halyard Labs', ['finder'], 'di@example.org')
    idp.account = { sub: 'di', email: 'di@example.org', email_verified: true }
    const one = await start()
    const at = await idp.walk(one.url.href)
    const other = await start()
    failed(await back(at, other.cookie), 'the cookie of another sign-in')
    failed(await back(at, ''), 'no cookie: a link that somebody sent')
    assert.notEqual(sessionOf(await back(at, one.cookie)), null)
    failed(await back(at, one.cookie), 'again')
    const third = await start()
    const forged = new URL(
      `${REDIRECT}?code=made-up&state=${third.url.searchParams.get('state')}&iss=${encodeURIComponent(idp.issuer)}`,
    )
    failed(await back(forged, third.cookie), 'a code that the provider never gave')
  })

  test('who has left stays out', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'], 'flo@example.org')
    assert.equal(await whoIs(await come({ sub: 'flo', email: 'flo@example.org', email_verified: true })), who.id)
    await door.ground.store.db.updateTable('person').set({ state: 'left' }).where('id', '=', who.id).execute()
    failed(await come({ sub: 'flo', email: 'flo@example.org', email_verified: true }), 'left')
  })

  test('a provider that does not answer is said to be so, and asked again the next time', async () => {
    const lost = await openDoor({ oidc: { issuer: 'http://127.0.0.1:9', clientId: 'weir', clientSecret: 'x', name: 'Lost' } })
    try {
      assert.equal((await lost.ask('GET', '/v1/oidc/start')).status, 503)
      assert.equal((await lost.ask('GET', '/v1/oidc/start')).status, 503)
    } finally {
      await lost.close()
    }
  })
})
