import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { parseInstant } from '../../../kernel/instant.ts'
import type { Facts } from '../../obligation/facts.ts'
import { oblige } from '../../obligation/oblige.ts'
import { NO_SIGNALS, type Signals } from '../../obligation/signals.ts'
import { parsePolicy, readPolicy } from './parse-policy.ts'
import { POLICY_SCHEMA, POLICY_SHAPE } from './policy-shape.ts'

const POLICY = {
  format: 'weir-exposure-policy/1',
  name: 'Valley Water',
  version: '2026-11',
  rules: [
    { name: 'attacked and reachable', when: { kev: true, exposure: 'public' }, time: { days: 2 }, triage: true },
    { name: 'likely in production', when: { epss: 0.1, severity: 'high', environment: 'production' }, time: { days: 10 } },
    { name: 'laboratory', when: { unit: 'Laboratory' }, time: { next: 'upgrade' } },
  ],
  otherwise: { days: 90 },
}
const said = <T>(value: T) => ({ value, by: 'feed:test', source: 'test', at: null })

function directive(value: unknown = POLICY) {
  const read = readPolicy(value)
  assert.ok(read.ok, JSON.stringify(read))
  return read.directive
}

const facts = (signals: Partial<Signals>, tags: Partial<Facts['assets']> = {}): Facts => ({
  flaw: 'GHSA-1',
  cve: null,
  signals: { ...NO_SIGNALS, kev: said(null), epss: said(0), severity: said('low'), ...signals },
  assets: { exposure: said('public'), environment: 'production', unit: 'Plant', type: null, ...tags },
  identified: parseInstant('2026-12-10T15:00:00Z'),
  humanImpact: null,
  bound: null,
})

test('the first rule whose conditions all hold decides', () => {
  const own = directive()
  const tier = (of: Facts) => oblige(own, of).tier.name
  const entry = {
    cve: 'X',
    added: parseInstant('2026-12-01T00:00:00Z')!,
    precision: 'day' as const,
    due: null,
    triage: null,
    action: '',
    notes: '',
  }
  assert.equal(tier(facts({})), '90 days')
  assert.equal(tier(facts({ epss: said(0.1), severity: said('critical') })), '10 days')
  assert.equal(tier(facts({ epss: said(0.0999), severity: said('critical') })), '90 days')
  assert.equal(tier(facts({}, { unit: 'Laboratory' })), 'With the next system upgrade')
  const listed = oblige(own, facts({ kev: said(entry) }))
  assert.deepEqual([listed.tier.days, listed.triage?.because, listed.start?.because], [2, ['row'], 'identified'])
  assert.deepEqual(listed.analogy, [])
})

test('what nobody said is read both ways, the earlier counts, and is marked', () => {
  const own = directive()
  const out = oblige(own, facts({ epss: null, severity: said('high') }))
  assert.deepEqual([out.tier.days, out.metadata, out.outcomes.length], [10, 'unknown-holds', 2])
  assert.equal(out.inputs.find(({ input }) => input === 'epss')?.assumed, 'Nobody said; read as yes.')
  const untagged = oblige(own, facts({}, { unit: null }))
  assert.deepEqual([untagged.tier.name, untagged.metadata], ['90 days', 'unknown-does-not'])
  assert.equal(
    oblige(own, facts({ severity: null })).outcomes.length,
    1,
    'what decides nothing either way is no second reading',
  )
})

test('each condition asks what it says', () => {
  const tier = (when: object, signals: Partial<Signals>, tags: Partial<Facts['assets']> = {}) =>
    oblige(directive({ ...POLICY, rules: [{ name: 'only', when, time: { days: 1 } }] }), facts(signals, tags)).tier.days
  assert.equal(tier({ exploitation: 'poc' }, { exploitation: said('P') }), 1)
  assert.equal(tier({ exploitation: 'poc' }, { exploitation: said('A') }), 1)
  assert.equal(tier({ exploitation: 'poc' }, { exploitation: said('N') }), 90)
  assert.equal(tier({ automatable: false }, { automatable: said('Y') }), 90)
  assert.equal(tier({ impact: 'total' }, { impact: said('T') }), 1)
  assert.equal(tier({ impact: 'partial' }, { impact: said('T') }), 90)
  assert.equal(tier({ kev: false }, {}), 1)
  assert.equal(tier({ severity: 'low' }, {}), 1)
  assert.equal(tier({ type: 'server' }, {}, { type: 'router' }), 90)
  // Not tagged counts as public, never as internal.
  assert.equal(tier({ exposure: 'public' }, {}, { exposure: null }), 1)
  assert.equal(tier({ exposure: 'internal' }, {}, { exposure: null }), 90)
})

test('mistakes are told with their place', () => {
  const wrong = (change: object) => {
    const read = readPolicy({ ...POLICY, ...change })
    return read.ok ? [] : read.problems.map(({ at, says }) => `${at} ${says}`)
  }
  assert.deepEqual(wrong({ rules: [{ name: 'x', when: { sevrity: 'high' }, time: { days: 1 } }] }), [
    '/rules/0/when/sevrity is not known here',
  ])
  assert.deepEqual(wrong({ rules: [{ name: 'x', when: {}, time: { days: 1.5 } }] }), [
    '/rules/0/time/days must be a whole number from 0 to 3650',
  ])
  assert.deepEqual(wrong({ otherwise: { next: 'year' } }), ['/otherwise/next must be one of: upgrade'])
  assert.deepEqual(wrong({ format: 'other/1' }).length, 1)
  assert.deepEqual(parsePolicy('{'), { ok: false, problems: [{ at: '', says: 'is not JSON' }] })
  assert.ok(!parsePolicy('['.repeat(100_000)).ok)
  assert.ok(!parsePolicy(`${' '.repeat(200_001)}{}`).ok)
})

test('the published schema takes and refuses what the reader does', () => {
  const valid = new Ajv2020({ strict: false }).compile(POLICY_SCHEMA)
  assert.ok(valid(POLICY))
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(true, null, 0.5, 3, 'public', 'high', { days: 3 }, { next: 'upgrade' }),
  )
  const mutated = fc.record({
    key: fc.constantFrom(
      'format',
      'name',
      'version',
      'rules',
      'otherwise',
      'startsAt',
      'kev',
      'epss',
      'time',
      'when',
      'triage',
      'unit',
      'x',
    ),
    place: fc.constantFrom('top', 'rule', 'when'),
    value,
  })
  fc.assert(
    fc.property(mutated, ({ key, place, value: put }) => {
      const copy = JSON.parse(JSON.stringify(POLICY))
      const on = place === 'top' ? copy : place === 'rule' ? copy.rules[0] : copy.rules[0].when
      on[key] = put
      assert.equal(readPolicy(copy).ok, valid(copy))
    }),
    { numRuns: 500 },
  )
  assert.equal(POLICY_SHAPE.schema['type'], 'object')
})
