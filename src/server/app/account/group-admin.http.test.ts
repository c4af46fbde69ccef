import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Role, SCOPES } from '../../../core/access/principal.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type Member, member } from '../../../devkit/members.ts'
import type { Config } from '../../main/config.ts'
import { addInvite } from './add-invite.ts'
import { endPerson } from './end-person.ts'
import { setRoles as giveRoles } from './set-roles.ts'

type Row = Record<string, unknown> & { id: string; email: string | null }

describe('a group-admin', () => {
  let door: TestDoor
  let admin: Member
  let keeper: Member
  const OURS = 'Skerry Project'
  const THEIRS = 'Tern Security'

  before(async () => {
    door = await openDoor()
    admin = await member(door.ground, 'Clearinghouse', ['administrator'])
    keeper = await member(door.ground, OURS, ['group-admin'], 'keeper@skerry.example')
  })
  after(async () => await door.close())

  const invite = (body: object, as: Member = keeper) =>
    door.ask('POST', '/v1/invites', { as: as.as, body: { organisation: OURS, roles: ['maintainer'], ...body } })
  const accept = (link: string, name = 'New Person') =>
    door.ask('POST', '/v1/invites/accept', { body: { secret: new URL(link).hash.slice(1), name } })
  const json = async (answer: Response) => await answer.json()
  const list = async (path: string, as: Member = keeper): Promise<Row[]> =>
    (await json(await door.ask('GET', path, { as: as.as }))).rows
  const setRoles = (whom: { id: string }, roles: readonly string[], as: Member = keeper) =>
    door.ask('PUT', `/v1/people/${whom.id}/roles`, { as: as.as, body: { roles } })
  const end = (whom: { id: string }, as: Member = keeper) => door.ask('DELETE', `/v1/people/${whom.id}`, { as: as.as })
  const withdraw = (one: { id: string }, as: Member = keeper) => door.ask('DELETE', `/v1/invites/${one.id}`, { as: as.as })
  const ours = (...roles: Role[]) => member(door.ground, OURS, roles)
  const theirs = (...roles: Role[]) => member(door.ground, THEIRS, roles)
  const code = async (answer: Response) => [answer.status, (await json(answer)).code]

  test('invites, changes and ends people of the own organisation, in the four roles', async () => {
    const made = await json(await invite({ email: 'kim@skerry.example', roles: ['maintainer', 'operator'] }))
    assert.equal(made.email, 'kim@skerry.example')
    assert.ok((await list('/v1/invites')).some(({ id, email }) => id === made.id && email === 'kim@skerry.example'))
    const me = await json(await accept(made.link, 'Kim'))
    assert.deepEqual(
      [me.person.name, me.person.email, me.roles, me.organisation.name],
      ['Kim', null, ['maintainer', 'operator'], OURS],
      'an address that nobody vouched for is nobody’s',
    )
    assert.equal((await setRoles(me.person, ['group-admin', 'finder'])).status, 200)
    assert.equal((await end(me.person)).status, 200)
    assert.equal((await accept(made.link)).status, 401)
  })

  test('sees the own organisation and no other', async () => {
    const other = await theirs('finder')
    await invite({ organisation: THEIRS, email: 'secret@tern.example', roles: ['finder'] }, admin)
    await invite({})
    for (const path of ['/v1/people', '/v1/invites', '/v1/organisations']) {
      const text = await (await door.ask('GET', path, { as: keeper.as })).text()
      assert.ok(
        !text.includes(THEIRS) && !text.includes('Clearinghouse') && !text.includes(other.id) && text.includes(OURS),
        path,
      )
    }
  })

  test('whoever belongs elsewhere, or nowhere, is not there: one answer, byte for byte', async () => {
    const other = await theirs('maintainer')
    const open = await json(await invite({ organisation: THEIRS, roles: ['finder'] }, admin))
    const nobody = { id: `per_${'0'.repeat(24)}` }
    const answers = [
      await setRoles(other, ['finder']),
      await setRoles(nobody, ['finder']),
      await setRoles(other, ['administrator']),
      await end(other),
      await end(nobody),
      await withdraw(open),
      await withdraw({ id: `inv_${'0'.repeat(24)}` }),
      await invite({ organisation: THEIRS }),
      await invite({ organisation: other.organisation }),
      await invite({ organisation: 'Nowhere at all' }),
      await invite({ organisation: THEIRS, roles: ['administrator'] }),
      await door.ask('POST', '/v1/organisations', { as: keeper.as, body: { name: 'Mine', kind: 'vendor' } }),
    ]
    const nowhere = await (await door.ask('GET', '/v1/nowhere', { as: keeper.as })).text()
    for (const answer of answers) assert.deepEqual([answer.status, await answer.text()], [404, nowhere])
    assert.ok((await list('/v1/people', admin)).some(({ id, roles }) => id === other.id && String(roles) === 'maintainer'))
  })

  test('gives no role outside the list, to nobody and by no way', async () => {
    const one = await ours('maintainer')
    for (const role of ['administrator', 'coordinator', 'officer', 'evaluator', 'partner', 'inspector', 'developer']) {
      assert.deepEqual(await code(await invite({ roles: ['finder', role] })), [409, 'role.not-yours'], role)
      assert.deepEqual(await code(await setRoles(one, [role])), [409, 'role.not-yours'], role)
      assert.deepEqual(await code(await setRoles(keeper, ['group-admin', role])), [409, 'role.not-yours'], role)
    }
    assert.equal((await setRoles(one, ['runner'])).status, 400)
    assert.equal((await invite({ roles: ['runner'] })).status, 400)
  })

  test('does not touch who holds a role outside the list, nor an invite to one', async () => {
    const colleague = await ours('maintainer', 'inspector')
    assert.deepEqual(await code(await setRoles(colleague, ['maintainer'])), [409, 'person.not-yours'])
    assert.deepEqual(await code(await end(colleague)), [409, 'person.not-yours'])
    const open = await json(await invite({ email: 'boss@skerry.example', roles: ['inspector'] }, admin))
    assert.deepEqual(await code(await withdraw(open)), [409, 'person.not-yours'])
    assert.deepEqual(await code(await invite({ email: 'BOSS@skerry.example' })), [409, 'person.not-yours'])
    // What they are to become counts, and what their invite said first does not.
    const milder = await json(await invite({ email: 'soon@skerry.example' }, admin))
    const soon = (await list('/v1/people')).find(({ email }) => email === 'soon@skerry.example')!
    assert.equal((await setRoles(soon, ['coordinator'], admin)).status, 200)
    assert.deepEqual(await code(await withdraw(milder)), [409, 'person.not-yours'])
    assert.equal((await accept(open.link)).status, 200, 'it stands')
  })

  test('an address that stands elsewhere is answered as one that nobody knows, and whoever has it notices nothing', async () => {
    const known = await member(door.ground, THEIRS, ['maintainer'], 'ada@tern.example')
    await invite({ organisation: THEIRS, email: 'soon@tern.example', roles: ['finder'] }, admin)
    const gone = await member(door.ground, THEIRS, ['finder'], 'gone@tern.example')
    assert.equal((await end(gone, admin)).status, 200)
    const elsewhere = async () => (await list('/v1/people', admin)).filter(({ organisation }) => organisation === THEIRS)
    const pending = async () => (await list('/v1/invites', admin)).filter(({ organisation }) => organisation === THEIRS)
    const before = [await elsewhere(), await pending()]

    const shapes: unknown[] = []
    const links: string[] = []
    for (const email of [
      'fresh@tern.example',
      'ada@tern.example',
      'ADA@tern.example',
      'soon@tern.example',
      'gone@tern.example',
    ]) {
      const people = await list('/v1/people')
      const answer = await invite({ email })
      const body = await json(answer)
      links.push(body.link)
      const listed = (await list('/v1/invites')).find(({ id }) => id === body.id)!
      assert.deepEqual([body.email, listed.email], [email, email])
      assert.deepEqual(await list('/v1/people'), people, 'nobody is put into the list by it')
      const blind = (row: Row) => ({ ...row, id: '', email: '', link: typeof row['link'] })
      shapes.push([answer.status, Object.keys(body), blind(body), blind(listed)])
    }
    for (const shape of shapes) assert.deepEqual(shape, shapes[0])
    assert.equal(
      (await accept(links[1]!)).status,
      401,
      'a newer invite of ours to that address ends our older one, whatever its case',
    )
    const me = await json(await accept(links[2]!, 'Not Ada'))
    assert.deepEqual([me.person.email, me.organisation.name], [null, OURS])
    assert.deepEqual([await elsewhere(), await pending()], before)
    const still = await json(await door.ask('GET', '/v1/me', { as: known.as }))
    assert.deepEqual([still.person.id, still.organisation.name, still.roles], [known.id, THEIRS, ['maintainer']])
  })

  test('what is done elsewhere to the same address shows in none of our lists', async () => {
    const made = await json(await invite({ email: 'bo@tern.example' }))
    const seen = async () => [await list('/v1/people'), (await list('/v1/invites')).find(({ id }) => id === made.id)]
    const before = await seen()
    const first = await json(await invite({ organisation: THEIRS, email: 'bo@tern.example', roles: ['finder'] }, admin))
    assert.deepEqual(await seen(), before, 'invited there')
    assert.equal((await withdraw(first, admin)).status, 200)
    assert.deepEqual(await seen(), before, 'withdrawn there')
    const second = await json(await invite({ organisation: THEIRS, email: 'bo@tern.example', roles: ['finder'] }, admin))
    const me = await json(await accept(second.link, 'Bo'))
    assert.deepEqual([me.person.email, me.organisation.name], ['bo@tern.example', THEIRS])
    assert.equal((await end(me.person, admin)).status, 200)
    assert.deepEqual(await seen(), before, 'came and went there')
    assert.equal((await accept(made.link)).status, 200, 'and ours holds')
  })

  test('whom an administrator invited into the own organisation may be invited anew, with their address', async () => {
    const first = await json(await invite({ email: 'di@skerry.example', roles: ['finder'] }, admin))
    const second = await json(await invite({ email: 'di@skerry.example', roles: ['operator'] }))
    assert.equal((await accept(first.link)).status, 401)
    const me = await json(await accept(second.link, 'Di'))
    assert.deepEqual([me.person.email, me.roles], ['di@skerry.example', ['operator']])
    assert.deepEqual(await code(await invite({ email: 'DI@skerry.example' })), [409, 'person.exists'])
  })

  test('what was said of somebody who was expected ends when another organisation invites them', async () => {
    const email = 'eve@skerry.example'
    await invite({ email }, admin)
    const cases = async () => (await list('/v1/people', admin)).find((row) => row.email === email)!['cases']
    const { id } = (await list('/v1/people')).find((row) => row.email === email)!
    const body = { roles: ['maintainer'], cases: false }
    assert.equal((await door.ask('PUT', `/v1/people/${id}/roles`, { as: keeper.as, body })).status, 200)
    await invite({ email }, admin)
    assert.equal(await cases(), false, 'invited anew by the same one')
    await invite({ organisation: THEIRS, email }, admin)
    assert.equal(await cases(), true)
  })

  test('an invite that is withdrawn opens nothing, and is withdrawn once', async () => {
    const bare = await json(await invite({}))
    assert.equal((await withdraw(bare)).status, 200)
    assert.equal((await accept(bare.link)).status, 401)
    assert.equal((await withdraw(bare)).status, 404)
    const named = await json(await invite({ email: 'flo@skerry.example' }, admin))
    assert.equal((await withdraw(named)).status, 200)
    assert.equal((await accept(named.link)).status, 401)
    const flo = (await list('/v1/people')).find(({ email }) => email === 'flo@skerry.example')!
    assert.equal(flo['state'], 'left')
    const taken = await json(await invite({}))
    await accept(taken.link)
    assert.equal((await withdraw(taken)).status, 404)
  })

  test('does not step down or leave as the last of the organisation; an administrator may end that', async () => {
    const alone = await member(door.ground, 'Eider Storage', ['group-admin', 'maintainer'])
    assert.deepEqual(await code(await setRoles(alone, ['maintainer'], alone)), [409, 'person.last-group-admin'])
    assert.deepEqual(await code(await end(alone, alone)), [409, 'person.last-group-admin'])
    const second = await member(door.ground, 'Eider Storage', ['group-admin'])
    const both = await Promise.all([end(alone, second), end(second, alone)])
    const statuses = both.map(({ status }) => status).sort()
    assert.equal(statuses.filter((status) => status === 200).length, 1, String(statuses))
    const left = both[0]!.status === 200 ? second : alone
    assert.equal((await setRoles(left, ['finder'], admin)).status, 200)
    assert.equal((await door.ask('GET', '/v1/people', { as: left.as })).status, 404)
  })

  test('who is put out leaves no invite behind by which to come in again', async () => {
    for (const out of [(one: Member) => end(one), (one: Member) => setRoles(one, ['maintainer'])]) {
      const rogue = await ours('group-admin')
      const kept = await json(await invite({ roles: ['group-admin'] }, rogue))
      assert.equal((await out(rogue)).status, 200)
      assert.equal((await accept(kept.link)).status, 401)
    }
    const second = await member(door.ground, 'Clearinghouse', ['administrator'])
    const kept = await json(await invite({ organisation: 'Clearinghouse', roles: ['administrator'] }, second))
    assert.equal((await end(second, admin)).status, 200)
    assert.equal((await accept(kept.link)).status, 401, 'an administrator neither')
  })

  test('who was put out while their command waited for its turn does nothing by it any more', async () => {
    for (const [organisation, role] of [
      [OURS, 'group-admin'],
      ['Clearinghouse', 'administrator'],
    ] as const) {
      const rogue = await member(door.ground, organisation, [role])
      const seat = { person: rogue.id, organisation: rogue.organisation } as {
        person: Id<'person'>
        organisation: Id<'organisation'>
      }
      const who = { kind: 'person', ...seat, roles: [role], scopes: [...SCOPES] } as const
      const colleague = await member(door.ground, organisation, ['finder'])
      assert.equal((await end(rogue, admin)).status, 200)
      const wanted = { organisation, roles: ['finder'], email: null }
      const answers = [
        await addInvite(door.ground, { publicUrl: null, port: 1 } as Config, who, wanted),
        await giveRoles(door.ground, who, colleague.id, { roles: ['operator'] }),
        await endPerson(door.ground, who, colleague.id),
      ]
      for (const answer of answers) assert.equal(answer.ok ? 'done' : answer.code, 'thing.not-found', role)
    }
  })

  test('a token of theirs keeps people with that scope only, and ends with the role', async () => {
    const one = await ours('group-admin')
    const make = async (scopes: string[]) => await door.ask('POST', '/v1/tokens', { as: one.as, body: { name: 'hr', scopes } })
    assert.equal((await make(['case:read'])).status, 400)
    const token = async (scopes: string[]) => ({ token: (await json(await make(scopes))).secret as string })
    const [keeps, other] = [await token(['people:manage']), await token(['token:manage'])]
    const asks = async (as: { token: string }) => (await door.ask('GET', '/v1/people', { as })).status
    assert.deepEqual([await asks(keeps), await asks(other)], [200, 404])
    assert.equal((await setRoles(one, ['maintainer'])).status, 200)
    assert.equal(await asks(keeps), 404)
  })

  test('an organisation has at most a hundred open invites by its own hand', async () => {
    const one = await member(door.ground, 'Nightjar Mail', ['group-admin'])
    const more = () => invite({ organisation: 'Nightjar Mail' }, one)
    await door.database.owner.query(
      `insert into weir.invite (id, secret_digest, organisation_id, roles, created_at, expires_at)
       select 'inv_' || n, ('\\x' || lpad(to_hex(n), 8, '0'))::bytea, $1, '{finder}', now(), now() + interval '9 days'
       from generate_series(1, 99) n`,
      [one.organisation],
    )
    assert.equal((await more()).status, 201)
    assert.deepEqual(await code(await more()), [429, 'quota.exceeded'])
    assert.equal((await invite({ organisation: 'Nightjar Mail' }, admin)).status, 201, 'an administrator’s is not counted out')
  })
})
