import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Id } from '../kernel/id.ts'
import { permits, rulesFor, type Subject } from './permits.ts'
import { type Action, type NounKind, POLICY } from './policy-table.ts'
import { type Principal, ROLES, SCOPES } from './principal.ts'
import { scopesOf } from './scopes.ts'

const nouns = [...new Set(POLICY.map(({ noun }) => noun))]
const actions: Action[] = ['read', 'list', 'send', 'decide', 'release', 'write', 'manage']
const organisation = fc.constantFrom('org_a', 'org_b') as fc.Arbitrary<Id<'organisation'>>
const person = fc.constantFrom('per_a', 'per_b') as fc.Arbitrary<Id<'person'>>

const machine: fc.Arbitrary<Principal> = fc.record({
  kind: fc.constant('machine' as const),
  person: fc.option(person),
  organisation: fc.option(organisation),
  roles: fc.subarray([...ROLES]),
  scopes: fc.subarray([...SCOPES]),
})
const subject: fc.Arbitrary<Subject> = fc.record({
  noun: fc.constantFrom<NounKind>(...nouns),
  stage: fc.constantFrom('open' as const, 'closed' as const),
  organisation: fc.option(organisation),
  person: fc.option(person),
  held: fc.boolean(),
  party: fc.boolean(),
})
const action = fc.constantFrom(...actions)

test('fewer scopes or fewer roles never permit more', () => {
  fc.assert(
    fc.property(
      machine,
      action,
      subject,
      fc.subarray([...SCOPES]),
      fc.subarray([...ROLES]),
      (who, act, thing, scopes, roles) => {
        const less = {
          ...who,
          scopes: who.scopes.filter((scope) => scopes.includes(scope)),
          roles: who.roles.filter((role) => roles.includes(role)),
        }
        if (permits(less, act, thing)) assert.ok(permits(who, act, thing))
      },
    ),
  )
})

test('a machine never may what its person in session may not', () => {
  fc.assert(
    fc.property(machine, action, subject, (who, act, thing) => {
      if (permits(who, act, thing)) assert.ok(permits({ ...who, kind: 'person', scopes: [...SCOPES] }, act, thing))
    }),
  )
})

test('nothing is permitted where no row speaks for the asker', () => {
  fc.assert(
    fc.property(machine, action, subject, (who, act, thing) => {
      if (rulesFor(who, act, thing.noun).length === 0) assert.equal(permits(who, act, thing), false)
    }),
  )
})

test('a scope that roles do not allow would change nothing', () => {
  fc.assert(
    fc.property(machine, action, subject, (who, act, thing) => {
      const allowed = scopesOf(who.roles)
      const cut = { ...who, scopes: who.scopes.filter((scope) => allowed.includes(scope)) }
      assert.equal(permits(cut, act, thing), permits(who, act, thing))
    }),
  )
})

test('whoever is kept out of cases may less, and of the part of an organisation in them nothing', () => {
  const theirs = ['case', 'advisory-draft', 'inbox', 'notice', 'webhook']
  fc.assert(
    fc.property(machine, action, subject, (who, act, thing) => {
      const apart = { ...who, outOfCases: true }
      if (permits(apart, act, thing)) assert.ok(permits(who, act, thing))
      if (!who.roles.includes('coordinator') && theirs.includes(thing.noun)) assert.equal(permits(apart, act, thing), false)
      if (!theirs.includes(thing.noun) && thing.noun !== 'project')
        assert.equal(permits(apart, act, thing), permits(who, act, thing))
    }),
  )
})
