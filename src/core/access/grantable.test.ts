import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Id } from '../kernel/id.ts'
import { GRANTABLE, mayGive, rolesToGive } from './grantable.ts'
import { permits } from './permits.ts'
import { type NounKind, POLICY } from './policy-table.ts'
import { PERSON_ROLES, type Principal, ROLES, type Role, SCOPES } from './principal.ts'

const OURS = 'org_a' as Id<'organisation'>
const groupAdmin = (...more: Role[]): Principal => ({
  kind: 'person',
  person: 'per_a' as Id<'person'>,
  organisation: OURS,
  roles: ['group-admin', ...more],
  scopes: [...SCOPES],
})
const thing = (noun: NounKind, organisation: Id<'organisation'> | null) =>
  ({ noun, stage: 'open', organisation, person: null, held: true, seated: true, party: true }) as const

test('a group-admin gives these four roles and no other', () => {
  assert.deepEqual(GRANTABLE, ['finder', 'maintainer', 'operator', 'group-admin'])
  for (const role of ROLES)
    assert.equal(
      mayGive(groupAdmin(), [role]),
      ['finder', 'maintainer', 'operator', 'group-admin'].includes(role),
      `a group-admin and ${role}`,
    )
  assert.equal(mayGive(groupAdmin(), ['finder', 'coordinator']), false, 'one of them is enough')
  assert.equal(mayGive(groupAdmin(), ['__proto__']), false)
})

test('an administrator gives every role that people have, also beside being a group-admin; everybody else gives none', () => {
  assert.deepEqual(rolesToGive({ roles: ['administrator'] }), PERSON_ROLES)
  assert.deepEqual(rolesToGive({ roles: ['group-admin', 'administrator'] }), PERSON_ROLES)
  assert.equal(mayGive({ roles: ['administrator'] }, ['runner']), false)
  for (const role of ROLES.filter((one) => one !== 'administrator' && one !== 'group-admin'))
    assert.deepEqual(rolesToGive({ roles: [role] }), [], role)
})

test('whoever a group-admin keeps gives nothing that the group-admin could not', () => {
  for (const role of GRANTABLE) assert.ok(rolesToGive({ roles: [role] }).every((given) => GRANTABLE.includes(given)))
})

test('a group-admin keeps the people and invites of the own organisation, and gains nothing else', () => {
  const rows = POLICY.filter(({ who }) => who === 'group-admin')
  assert.deepEqual([...new Set(rows.map(({ relation }) => relation))], ['own'])
  assert.deepEqual([...new Set(rows.map(({ scope }) => scope))], ['people:manage'])
  assert.deepEqual([...new Set(rows.map(({ noun }) => noun))].sort(), ['invite', 'organisation', 'person'])
  assert.equal(permits(groupAdmin(), 'manage', thing('organisation', OURS)), false)
  for (const noun of ['case', 'report', 'finding', 'flaw', 'project', 'letter', 'notice', 'webhook', 'advisory-draft'] as const)
    assert.equal(permits(groupAdmin(), 'read', thing(noun, OURS)), false, noun)
  for (const noun of ['invite', 'person'] as const) {
    assert.equal(permits(groupAdmin(), 'manage', thing(noun, OURS)), true)
    assert.equal(permits(groupAdmin(), 'manage', thing(noun, 'org_b' as Id<'organisation'>)), false)
    assert.equal(permits({ ...groupAdmin(), organisation: null }, 'manage', thing(noun, null)), false)
  }
})
