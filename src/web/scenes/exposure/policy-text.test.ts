import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyIn, policyText } from './policy-text.ts'

test('the file to begin with is a policy', () => {
  assert.equal(policyIn(policyText(null)).ok, true)
})

test('what was set comes back as it was; what is wrong is told with its place', () => {
  const text = policyText({ ...JSON.parse(policyText(null)), version: '2026-11' })
  const read = policyIn(`\ufeff${text}`)
  assert.deepEqual(read.ok && (read.value as { version: string }).version, '2026-11')
  const wrong = policyIn(text.replace('"days": 3\n', '"days": 1.5\n'))
  assert.deepEqual(wrong, {
    ok: false,
    problems: [{ at: '/rules/0/time/days', says: 'must be a whole number from 0 to 3650' }],
  })
  assert.equal(policyIn('{').ok, false)
})
