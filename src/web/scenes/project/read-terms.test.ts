import assert from 'node:assert/strict'
import { test } from 'node:test'
import { termsIn, valueAt, withValue } from './read-terms.ts'

const TERMS = { version: '1.0.0', project: { name: 'Quarry', purls: ['pkg:generic/libquarry'], repository: null } }

test('terms are read from a text as it is written, and what is wrong has its place', () => {
  assert.equal(termsIn(JSON.stringify(TERMS)).ok, true)
  assert.equal(termsIn('{').ok, false)
  const wrong = termsIn(
    JSON.stringify({
      ...TERMS,
      pace: { openAtOnce: 1, perWeek: 1, quiet: { from: '20:00', to: '08:00', zone: 'Europe/Nowhere' } },
    }),
  )
  assert.deepEqual(wrong.ok ? [] : wrong.problems.map(({ at }) => at), ['/pace/quiet/zone'])
})

test('a confirmed value goes to its place and leaves the rest alone', () => {
  const contact = { route: 'mail', at: 'security@example.org' }
  const next = withValue(withValue(TERMS, '/contact', contact), '/project/repository', 'https://example.org/quarry')
  assert.deepEqual(next['contact'], contact)
  assert.equal(valueAt(next, '/project/repository'), 'https://example.org/quarry')
  assert.equal(valueAt(next, '/project/name'), 'Quarry')
  assert.equal(TERMS.project.repository, null)
})

test('hostile pointers reach nothing', () => {
  assert.equal(valueAt(TERMS, '/__proto__/toString'), undefined)
  assert.equal(valueAt(TERMS, '/project/constructor'), undefined)
  withValue(TERMS, '/__proto__/owned', true)
  assert.equal(({} as Record<string, unknown>)['owned'], undefined)
})
