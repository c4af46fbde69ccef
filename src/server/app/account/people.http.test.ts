import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openDoor, sessionOf, type TestDoor } from '../../../devkit/door.ts'
import { type Member, member } from '../../../devkit/members.ts'

// A suite, so that the door closes before the database that every suite of the process shares.
describe('people', () => {
  let door: TestDoor
  let admin: Member
  const DAYS = 86_400_000

  before(async () => {
    door = await openDoor()
    admin = await member(door.ground, 'Clearinghouse', ['administrator'])
  })
  after(async () => await door.close())

  const invite = (body: object) =>
    door.ask('POST', '/v1/invites', { as: admin.as, body: { organisation: 'Clearinghouse', roles: ['finder'], ...body } })
  const accept = (link: string, name = 'New Person') =>
    door.ask('POST', '/v1/invites/accept', { body: { secret: new URL(link).hash.slice(1), name } })
  const json = async (answer: Response) => await answer.json()

  test('an invite brings one person in, once, into its organisation and roles', async () => {
    const { link, id } = await json(await invite({ email: 'kim@example.org', roles: ['finder', 'coordinator'] }))
    const { rows } = await json(await door.ask('GET', '/v1/people', { as: admin.as }))
    assert.equal(rows.find((row: { email: string }) => row.email === 'kim@example.org').state, 'invited')
    const open = (await json(await door.ask('GET', '/v1/invites', { as: admin.as }))).rows
    assert.equal(open.find((row: { id: string }) => row.id === id).link, null, 'the link is told once')
    const me = await json(await accept(link, 'Kim'))
    assert.deepEqual(
      [me.person.name, me.person.email, me.roles, me.organisation.name],
      ['Kim', 'kim@example.org', ['finder', 'coordinator'], 'Clearinghouse'],
    )
    assert.equal((await accept(link)).status, 401)
    assert.equal((await invite({ email: 'KIM@example.org' })).status, 409)
  })

  test('an invite is over after seven days, and when a newer one to that address was made', async () => {
    const first = await json(await invite({ email: 'lee@example.org' }))
    const second = await json(await invite({ email: 'Lee@example.org', roles: ['operator'] }))
    assert.equal((await accept(first.link)).status, 401)
    assert.deepEqual((await json(await accept(second.link))).roles, ['operator'])
    const third = await json(await invite({}))
    door.time.now += 7 * DAYS
    admin = await member(door.ground, 'Clearinghouse', ['administrator'])
    assert.equal((await accept(third.link)).status, 401)
  })

  test('whoever comes by a bare link has no address, so that no identity provider can be led to them', async () => {
    const me = await json(await accept((await json(await invite({}))).link))
    assert.equal(me.person.email, null)
  })

  test('only existing roles, organisations and readable names', async () => {
    for (const body of [
      { roles: ['root'] },
      { roles: [] },
      { organisation: 'Nowhere' },
      { organisation: 'People without an account' },
      { email: 'no address' },
    ]) {
      assert.equal((await invite(body)).status, 400, JSON.stringify(body))
    }
    for (const name of ['', 'a\u0000b', 'a\u001b[31m', 'a\u202eb'])
      assert.equal((await accept('http://x/#y', name)).status, 400, JSON.stringify(name))
  })

  test('roles change at once, for sessions and tokens alike', async () => {
    const who = await member(door.ground, 'Clearinghouse', ['coordinator'])
    const token = await json(
      await door.ask('POST', '/v1/tokens', { as: who.as, body: { name: 'queue', scopes: ['flaw:read'] } }),
    )
    const reads = async (as: Parameters<TestDoor['ask']>[2]) => (await door.ask('GET', '/v1/flaws', as)).status
    assert.deepEqual([await reads({ as: who.as }), await reads({ as: { token: token.secret } })], [200, 200])
    assert.equal(
      (await door.ask('PUT', `/v1/people/${who.id}/roles`, { as: admin.as, body: { roles: ['finder'] } })).status,
      200,
    )
    assert.deepEqual([await reads({ as: who.as }), await reads({ as: { token: token.secret } })], [404, 404])
  })

  test('who leaves is out: session, token, passkey, codes', async () => {
    const who = await member(door.ground, 'Clearinghouse', ['finder'], 'gone@example.org')
    const { secret } = await json(
      await door.ask('POST', '/v1/tokens', { as: who.as, body: { name: 'upload', scopes: ['finding:read'] } }),
    )
    const { codes } = await json(await door.ask('POST', '/v1/recovery/codes', { as: who.as }))
    assert.equal((await door.ask('GET', '/v1/findings', { as: { token: secret } })).status, 200)
    assert.equal((await door.ask('DELETE', `/v1/people/${who.id}`, { as: admin.as })).status, 200)
    assert.equal((await door.ask('GET', '/v1/findings', { as: who.as })).status, 401)
    assert.equal((await door.ask('GET', '/v1/findings', { as: { token: secret } })).status, 401)
    assert.equal((await door.ask('POST', '/v1/recovery', { body: { code: codes[0] } })).status, 401)
    assert.equal((await door.ask('DELETE', `/v1/people/${who.id}`, { as: admin.as })).status, 404, 'ended once')
    assert.equal((await invite({ email: 'gone@example.org' })).status, 201, 'and may be invited anew')
  })

  test('the last administrator stays, even when two remove each other at once', async () => {
    const alone = await openDoor()
    try {
      const [one, two] = [
        await member(alone.ground, 'C', ['administrator']),
        await member(alone.ground, 'C', ['administrator']),
      ]
      const end = (by: Member, whom: Member) => alone.ask('DELETE', `/v1/people/${whom.id}`, { as: by.as })
      const statuses = (await Promise.all([end(one, two), end(two, one)])).map(({ status }) => status).sort()
      assert.equal(statuses.filter((status) => status === 200).length, 1, String(statuses))
      const { rows } = await alone.database.owner.query(`select id from weir.person where state = 'active'`)
      const left = rows[0].id === one.id ? one : two
      assert.equal((await end(left, left)).status, 409)
      assert.equal(
        (await alone.ask('PUT', `/v1/people/${left.id}/roles`, { as: left.as, body: { roles: ['finder'] } })).status,
        409,
      )
    } finally {
      await alone.close()
    }
  })

  test('a token carries some of what its person may do, for at most a year, and its secret is told once', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const make = (body: object, as: Parameters<TestDoor['ask']>[2] = { as: who.as }) =>
      door.ask('POST', '/v1/tokens', { ...as, body: { name: 'ci', ...body } })
    assert.equal((await make({ scopes: ['flaw:read'] })).status, 400)
    assert.equal((await make({ scopes: ['people:manage'] })).status, 400)
    assert.equal((await make({ scopes: [] })).status, 400)
    assert.equal((await make({ scopes: ['finding:read'], days: 366 })).status, 400)
    const made = await json(await make({ scopes: ['finding:read', 'token:manage'], days: 365 }))
    const list = await (await door.ask('GET', '/v1/tokens', { as: who.as })).text()
    assert.ok(list.includes(made.id) && !list.includes(made.secret))
    const { rows } = await door.database.owner.query('select t::text as all from weir.token t where id = $1', [made.id])
    assert.ok(!rows[0].all.includes(made.secret))

    const asToken = { as: { token: made.secret } }
    assert.equal((await make({ scopes: ['report:send'] }, asToken)).status, 400, 'not more than the token itself')
    assert.equal((await make({ scopes: ['token:manage'] }, asToken)).status, 400, 'no chain of tokens that renews itself')
    assert.equal((await make({ scopes: ['finding:read'] }, asToken)).status, 201)
    assert.equal((await door.ask('POST', '/v1/passkeys/register/options', asToken)).status, 404)
    assert.equal((await door.ask('POST', '/v1/recovery/codes', asToken)).status, 404)

    const other = await member(door.ground, 'Tern Security', ['finder'])
    assert.equal((await door.ask('DELETE', `/v1/tokens/${made.id}`, { as: other.as })).status, 404)
    assert.equal((await door.ask('DELETE', `/v1/tokens/${made.id}`, { as: who.as })).status, 200)
    assert.equal((await door.ask('GET', '/v1/findings', asToken)).status, 401)
  })

  test('a token for a runner is made by an administrator in person, is nobody’s, and leases jobs only', async () => {
    const make = async (as: Parameters<typeof door.ask>[2], scopes = ['job:lease']) =>
      await door.ask('POST', '/v1/tokens', { ...as, body: { name: 'runner', scopes } })
    const administrator = await member(door.ground, 'Runners', ['administrator'])
    for (const roles of [['finder'], ['coordinator']] as const)
      assert.equal((await make({ as: (await member(door.ground, 'Runners', roles)).as })).status, 400, roles[0])
    assert.equal((await make({ as: administrator.as }, ['job:lease', 'people:manage'])).status, 400, 'and nothing beside it')
    const kept = await json(await make({ as: administrator.as }, ['people:manage', 'token:manage']))
    assert.equal((await make({ as: { token: kept.secret } })).status, 400, 'not by a token')
    const made = await json(await make({ as: administrator.as }))
    const lease = async () =>
      (await door.ask('POST', '/v1/runners/lease', { as: { token: made.secret }, body: { runner: 'x', waitMs: 0 } })).status
    assert.equal(await lease(), 404, 'reached: there is no such runner')
    assert.equal((await door.ask('GET', '/v1/people', { as: { token: made.secret } })).status, 404)
    assert.equal((await door.ask('GET', '/v1/tokens', { as: { token: made.secret } })).status, 404)
    const roles = { as: administrator.as, body: { roles: ['runner'] } }
    assert.equal((await door.ask('PUT', `/v1/people/${administrator.id}/roles`, roles)).status, 400, 'not a role of people')
    assert.equal((await door.ask('DELETE', `/v1/tokens/${made.id}`, { as: administrator.as })).status, 200)
    assert.equal(await lease(), 401)
  })

  test('a token is over when its days are', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const { secret } = await json(
      await door.ask('POST', '/v1/tokens', { as: who.as, body: { name: 'day', scopes: ['finding:read'], days: 1 } }),
    )
    door.time.now += DAYS - 1
    assert.equal((await door.ask('GET', '/v1/findings', { as: { token: secret } })).status, 200)
    door.time.now += 1
    assert.equal((await door.ask('GET', '/v1/findings', { as: { token: secret } })).status, 401)
    admin = await member(door.ground, 'Clearinghouse', ['administrator'])
  })

  test('organisations have one name each, and strangers’ is none of them', async () => {
    const add = () => door.ask('POST', '/v1/organisations', { as: admin.as, body: { name: 'Skerry', kind: 'vendor' } })
    assert.equal((await add()).status, 201)
    assert.equal((await add()).status, 409)
    const { rows } = await json(await door.ask('GET', '/v1/organisations', { as: admin.as }))
    assert.deepEqual(
      rows.filter((row: { kind: string }) => row.kind === 'anonymous'),
      [],
    )
    assert.ok(rows.some((row: { name: string }) => row.name === 'Skerry'))
  })

  test('what was done to people is told as events of ids and closed words', async () => {
    const answer = await accept((await json(await invite({ email: 'secretive@example.org' }))).link, 'Very Secretive Name')
    assert.notEqual(sessionOf(answer), null)
    const { rows } = await door.database.owner.query('select type, payload::text as payload, actor from weir.event')
    assert.ok(rows.some(({ type }) => type === 'person-joined'))
    for (const { payload, actor } of rows) assert.doesNotMatch(payload + actor, /secretive|@/i)
  })
})
