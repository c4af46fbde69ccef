import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Id } from '../kernel/id.ts'
import { permits, type Subject } from './permits.ts'
import type { NounKind } from './policy-table.ts'
import { type Principal, ROLES, type Role, SCOPES, type Scope, STRANGER } from './principal.ts'

const OURS = 'org_a' as Id<'organisation'>
const THEIRS = 'org_b' as Id<'organisation'>
const ME = 'per_a' as Id<'person'>

const person = (...roles: Role[]): Principal => ({ kind: 'person', person: ME, organisation: OURS, roles, scopes: [...SCOPES] })
const machine = (roles: Role[], scopes: Scope[]): Principal => ({
  kind: 'machine',
  person: ME,
  organisation: OURS,
  roles,
  scopes,
})
const thing = (noun: NounKind, more: Partial<Subject> = {}): Subject => ({
  noun,
  stage: 'open',
  organisation: OURS,
  person: null,
  held: false,
  ...more,
})

test('a finder reads what their own organisation sent, also when it is closed, and nothing of another', () => {
  const finder = person('finder')
  assert.equal(permits(finder, 'read', thing('finding')), true)
  assert.equal(permits(finder, 'read', thing('finding', { stage: 'closed' })), true)
  assert.equal(permits(finder, 'read', thing('finding', { organisation: THEIRS })), false)
  assert.equal(permits(finder, 'read', thing('flaw')), false)
})

test('a thing without an organisation is nobody’s own', () => {
  const adrift: Principal = { ...person('finder'), organisation: null }
  assert.equal(permits(adrift, 'read', thing('finding', { organisation: null })), false)
})

test('a receipt speaks for whoever holds it, a stranger too, and for nobody else', () => {
  assert.equal(permits(STRANGER, 'read', thing('receipt', { held: true })), true)
  assert.equal(permits(STRANGER, 'read', thing('receipt')), false)
})

test('what is closed is decided no more', () => {
  const coordinator = person('coordinator')
  assert.equal(permits(coordinator, 'decide', thing('flaw')), true)
  assert.equal(permits(coordinator, 'decide', thing('flaw', { stage: 'closed' })), false)
})

test('an administrator keeps people and reads no report', () => {
  const administrator = person('administrator')
  assert.equal(permits(administrator, 'manage', thing('person')), true)
  for (const noun of ['report', 'finding', 'flaw', 'thread', 'suggestion', 'intake'] as const)
    assert.equal(permits(administrator, 'read', thing(noun)), false)
})

test('a token does nothing that its scopes do not name, whatever its person may do', () => {
  assert.equal(permits(machine(['coordinator'], []), 'read', thing('flaw')), false)
  assert.equal(permits(machine(['coordinator'], ['flaw:read']), 'read', thing('flaw')), true)
  assert.equal(permits(machine(['coordinator'], ['flaw:read']), 'decide', thing('flaw')), false)
  assert.equal(permits(machine([], ['flaw:read']), 'read', thing('flaw')), false)
})

test('a token never becomes a way to sign in', () => {
  const mine = thing('account', { person: ME })
  assert.equal(permits(person(), 'write', mine), true)
  assert.equal(permits(machine([...ROLES], [...SCOPES]), 'write', mine), false)
  assert.equal(permits(STRANGER, 'write', mine), false)
})

test('a person keeps their own tokens only; an administrator ends anybody’s', () => {
  const others = thing('token', { person: 'per_b' as Id<'person'> })
  assert.equal(permits(person('finder'), 'manage', thing('token', { person: ME })), true)
  assert.equal(permits(person('finder'), 'manage', others), false)
  assert.equal(permits(person('administrator'), 'manage', others), true)
})

test('kept out of cases, a maintainer comes near none, and of a project reads what finders read', () => {
  const apart: Principal = { ...person('maintainer', 'finder'), outOfCases: true }
  for (const noun of ['case', 'advisory-draft', 'inbox', 'notice', 'webhook'] as const)
    for (const action of ['list', 'read', 'write', 'send', 'decide'] as const)
      assert.equal(permits(apart, action, thing(noun, { party: true })), false, `${action} ${noun}`)
  assert.equal(permits(apart, 'read', thing('project')), true)
  assert.equal(permits(apart, 'decide', thing('project')), false)
  assert.equal(permits(apart, 'read', thing('finding')), true)
})

test('who coordinates is kept out of nothing that coordination does', () => {
  const both: Principal = { ...person('coordinator', 'maintainer'), outOfCases: true }
  assert.equal(permits(both, 'read', thing('case')), true)
  assert.equal(permits(both, 'decide', thing('project')), true)
})

test('kept out of cases, a coordinator comes near none that another house runs and theirs takes part in', () => {
  const coordinator = person('coordinator', 'maintainer')
  const elsewhere = { organisation: THEIRS, party: true }
  for (const noun of ['case', 'advisory-draft'] as const)
    for (const action of ['list', 'read'] as const) {
      assert.equal(permits(coordinator, action, thing(noun, elsewhere)), true, `${action} ${noun}`)
      assert.equal(permits({ ...coordinator, outOfCases: true }, action, thing(noun, elsewhere)), false, `${action} ${noun}`)
    }
})
