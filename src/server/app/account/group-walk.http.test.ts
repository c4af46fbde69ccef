import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { PERSON_ROLES, type Role } from '../../../core/access/principal.ts'
import { openDoor, sessionOf, type TestDoor } from '../../../devkit/door.ts'
import { member, organisationNamed } from '../../../devkit/members.ts'

// Whatever group-admins do, one after the other, as themselves and as the people they bring in.

const GIVEN = ['finder', 'maintainer', 'operator', 'group-admin']
const roles = fc.oneof(
  { weight: 3, arbitrary: fc.subarray(GIVEN, { minLength: 1 }) },
  { weight: 1, arbitrary: fc.subarray<string>([...PERSON_ROLES], { minLength: 1, maxLength: 3 }) },
)
const n = fc.nat({ max: 999 })
const email = fc.constantFrom(
  null,
  'new@x.example',
  'high@ours.example',
  'plain@ours.example',
  'them@theirs.example',
  'soon@theirs.example',
)
const ours = fc.constantFrom(true, true, true, false)
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('invite' as const), by: n, roles, email, ours }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('accept' as const), n }) },
  fc.record({ do: fc.constant('roles' as const), by: n, whom: n, roles, cases: fc.constantFrom(undefined, true, false) }),
  fc.record({ do: fc.constant('end' as const), by: n, whom: n }),
  fc.record({ do: fc.constant('withdraw' as const), by: n, which: n }),
)

describe('group-admins', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor()
  })
  after(async () => await door.close())

  const query = async (sql: string, ours: string) => (await door.database.owner.query(sql, [ours])).rows
  const othersOf = async (ours: string) => [
    await query(
      'select id, organisation_id, email, roles, state, out_of_cases from weir.person where organisation_id <> $1 order by id',
      ours,
    ),
    await query('select id, email, label, roles, accepted_at from weir.invite where organisation_id <> $1 order by id', ours),
  ]
  const beyond = async (ours: string) =>
    await query(
      `select id, roles, state, out_of_cases from weir.person where organisation_id = $1
       and not roles <@ '{finder,maintainer,operator,group-admin}' order by id`,
      ours,
    )

  test('no sequence of their commands yields a role outside the list, reaches another organisation, or leaves none of them', async () => {
    let round = 0
    let done = 0
    const walk = async (steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) => {
      // Every walk in an organisation of its own, so that none finds what another left.
      const name = `Walk ${round++}`
      const ours = await organisationNamed(door.ground, name)
      await door.database.owner.query(`update weir.person set email = null`)
      const admin = await member(door.ground, 'Clearinghouse', ['administrator'])
      const inside: [Role[], string | null][] = [
        [['group-admin'], null],
        [['maintainer'], 'plain@ours.example'],
        [['maintainer', 'coordinator'], 'high@ours.example'],
        [['group-admin', 'inspector'], null],
      ]
      const people: { id: string; as: { cookie: string } }[] = []
      for (const [held, address] of inside) people.push(await member(door.ground, name, held, address))
      people.push(await member(door.ground, `${name} elsewhere`, ['finder', 'group-admin'], 'them@theirs.example'))
      const ask = (method: string, path: string, by: { as: { cookie: string } }, body?: object) =>
        door.ask(method, path, { as: by.as, ...(body ? { body } : {}) })
      const into = async (organisation: string, held: string[], address: string | null) =>
        (await (await ask('POST', '/v1/invites', admin, { organisation, roles: held, email: address })).json()) as never
      const invites: { id: string; link: string }[] = [
        await into(`${name} elsewhere`, ['finder'], 'soon@theirs.example'),
        await into(name, ['inspector'], null),
      ]
      const fixed = await Promise.all([othersOf(ours), beyond(ours)])
      const outsider = people[4]!
      const keepers = () => people.filter((one) => one !== outsider)
      for (const one of steps) {
        const by = 'by' in one ? keepers()[one.by % keepers().length]! : admin
        if (one.do === 'invite') {
          const organisation = one.ours ? name : `${name} elsewhere`
          const answer = await ask('POST', '/v1/invites', by, { organisation, roles: one.roles, email: one.email })
          if (answer.status === 201) invites.push((await answer.json()) as never)
          done += answer.status === 201 ? 1 : 0
        } else if (one.do === 'accept' && invites.length > 2) {
          const { link } = invites[2 + (one.n % (invites.length - 2))]!
          const body = { secret: new URL(link).hash.slice(1), name: 'N' }
          const answer = await door.ask('POST', '/v1/invites/accept', { body })
          if (answer.status === 200) people.push({ id: (await answer.json()).person.id, as: sessionOf(answer) as never })
        } else if (one.do === 'roles' || one.do === 'end') {
          const path = `/v1/people/${people[one.whom % people.length]!.id}`
          const answer =
            one.do === 'end'
              ? await ask('DELETE', path, by)
              : await ask('PUT', `${path}/roles`, by, { roles: one.roles, cases: one.cases })
          done += answer.status === 200 ? 1 : 0
        } else if (one.do === 'withdraw') await ask('DELETE', `/v1/invites/${invites[one.which % invites.length]!.id}`, by)
      }
      assert.deepEqual(await Promise.all([othersOf(ours), beyond(ours)]), fixed)
      const [standing] = await query(
        `select count(*)::int as n from weir.person where organisation_id = $1 and state = 'active' and 'group-admin' = any(roles)`,
        ours,
      )
      assert.ok(standing!['n'] >= 1, 'somebody keeps the people')
      const open = await query(`select roles, created_by from weir.invite where organisation_id = $1`, ours)
      for (const one of open)
        if (one['created_by'] !== admin.id) assert.ok(one['roles'].every((role: string) => GIVEN.includes(role)))
    }
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), walk), { numRuns: 60 })
    assert.ok(done > 40, `the walks did something: ${done} commands were carried out`)
  })
})
