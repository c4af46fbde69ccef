import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openDoor, sessionOf, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { seedDemo } from '../../../devkit/seed.ts'
import { firstAdministratorLink } from '../../identity/first-administrator.ts'
import { SESSION_LENGTH } from '../../identity/sessions.ts'

// A suite, so that the door closes before the database that every suite of the process shares.
describe('account', () => {
  let door: TestDoor

  before(async () => {
    door = await openDoor()
  })
  after(async () => await door.close())

  const secretOf = (link: string) => new URL(link).hash.slice(1)

  test('a stranger learns the name of the instance and nothing of its people', async () => {
    const me = await (await door.ask('GET', '/v1/me')).json()
    assert.deepEqual([me.signedIn, me.person, me.organisation, me.roles, me.instance.notes], [false, null, null, [], []])
    assert.equal(me.instance.name, 'Weir')
  })

  test('a session ends when signed out, and after twelve hours', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const signedIn = async (as: { cookie: string }) => (await (await door.ask('GET', '/v1/me', { as })).json()).signedIn
    assert.equal(await signedIn(who.as), true)
    const out = await door.ask('POST', '/v1/session/end', { as: who.as })
    assert.equal(out.status, 200)
    assert.match(out.headers.getSetCookie()[0]!, /^weir_session=; Path=\/; Max-Age=0;/)
    assert.equal(await signedIn(who.as), false)
    const other = await member(door.ground, 'Halyard Labs', ['finder'])
    door.time.now += SESSION_LENGTH - 1
    assert.equal(await signedIn(other.as), true)
    door.time.now += 1
    assert.equal(await signedIn(other.as), false)
  })

  test('the cookie is for this site only, and for TLS only behind a public address', async () => {
    await member(door.ground, 'Halyard Labs', ['administrator'])
    const admin = await member(door.ground, 'Halyard Labs', ['administrator'])
    const codes = (await (await door.ask('POST', '/v1/recovery/codes', { as: admin.as })).json()).codes
    const set = (await door.ask('POST', '/v1/recovery', { body: { code: codes[0] } })).headers.getSetCookie()[0]!
    assert.match(set, /^weir_session=weir_s_[\w-]{40}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/)
    const open = await openDoor({ publicUrl: 'https://weir.example.org' })
    try {
      const link = await firstAdministratorLink(open.ground, open.desks.config)
      const answer = await open.ask('POST', '/v1/invites/accept', { body: { secret: secretOf(link!), name: 'First' } })
      assert.match(answer.headers.getSetCookie()[0]!, /; HttpOnly; SameSite=Lax; Secure$/)
    } finally {
      await open.close()
    }
  })

  test('recovery codes work once each, in any case and spacing, and new ones end the old', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const made = await door.ask('POST', '/v1/recovery/codes', { as: who.as })
    const { codes } = (await made.json()) as { codes: string[] }
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^([0-9a-hjkmnp-tv-z]{5}-){4}[0-9a-hjkmnp-tv-z]{5}$/)
    const recover = (code: string) => door.ask('POST', '/v1/recovery', { body: { code } })
    assert.equal((await (await recover(codes[0]!)).json()).person.id, who.id)
    assert.equal((await recover(codes[0]!)).status, 401)
    assert.equal((await recover(` ${codes[1]!.toUpperCase().replaceAll('-', ' ')} `)).status, 200)
    await door.ask('POST', '/v1/recovery/codes', { as: who.as })
    assert.equal((await recover(codes[2]!)).status, 401)
    const { rows } = await door.database.owner.query('select count(*)::int as n from weir.recovery_code where person_id = $1', [
      who.id,
    ])
    assert.equal(rows[0].n, 10)
  })

  test('the first administrator comes in once, by the newest link only', async () => {
    const fresh = await openDoor()
    try {
      const first = await firstAdministratorLink(fresh.ground, fresh.desks.config)
      const second = await firstAdministratorLink(fresh.ground, fresh.desks.config)
      assert.match(second!, /^http:\/\/localhost:4180\/join#weir_i_[\w-]{40}$/)
      const accept = (link: string) =>
        fresh.ask('POST', '/v1/invites/accept', { body: { secret: secretOf(link), name: '  Ada Admin ' } })
      const never = await (await accept('http://x/#weir_i_never')).text()
      assert.equal(await (await accept(first!)).text(), never)
      const me = await (await accept(second!)).json()
      assert.deepEqual([me.person.name, me.roles, me.organisation.name], ['Ada Admin', ['administrator'], 'Weir'])
      assert.equal(await (await accept(second!)).text(), never, 'used, replaced and unknown answer alike')
      assert.equal(await firstAdministratorLink(fresh.ground, fresh.desks.config), null)
      assert.equal(await firstAdministratorLink(fresh.ground, { ...fresh.desks.config, demo: true }), null)
    } finally {
      await fresh.close()
    }
  })

  test('a demo offers its people; elsewhere those addresses are like any that never was', async () => {
    const nowhere = await (await door.ask('GET', '/v1/nowhere')).text()
    assert.equal(await (await door.ask('GET', '/v1/demo/people')).text(), nowhere)
    assert.equal(await (await door.ask('POST', '/v1/demo/sign-in', { body: { person: 'x' } })).text(), nowhere)
    const demo = await openDoor({ demo: true })
    try {
      await seedDemo(demo.ground)
      const { rows } = await (await demo.ask('GET', '/v1/demo/people')).json()
      assert.deepEqual([rows[0].name, rows[0].roles], ['Ines Marrow', ['coordinator']])
      const answer = await demo.ask('POST', '/v1/demo/sign-in', { body: { person: rows[0].id } })
      assert.equal((await answer.json()).person.name, 'Ines Marrow')
      assert.equal((await demo.ask('GET', '/v1/flaws', { as: sessionOf(answer) })).status, 200)
      const outsider = await member(demo.ground, 'Elsewhere', ['coordinator'])
      assert.equal(
        (await demo.ask('POST', '/v1/demo/sign-in', { body: { person: outsider.id } })).status,
        401,
        'the seeded ones only',
      )
    } finally {
      await demo.close()
    }
  })

  test('a sign-in ends the session that was there before', async () => {
    const who = await member(door.ground, 'Halyard Labs', ['finder'])
    const { codes } = await (await door.ask('POST', '/v1/recovery/codes', { as: who.as })).json()
    await door.ask('POST', '/v1/recovery', { as: who.as, body: { code: codes[0] } })
    assert.equal((await (await door.ask('GET', '/v1/me', { as: who.as })).json()).signedIn, false)
  })

  test('guessing is slowed, whatever is guessed', async () => {
    const statuses = new Set<number>()
    for (let i = 0; i < 80; i++) statuses.add((await door.ask('POST', '/v1/recovery', { body: { code: `guess ${i}` } })).status)
    assert.deepEqual([...statuses], [401, 429])
    door.time.now += 60_000
  })
})
