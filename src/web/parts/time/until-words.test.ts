import assert from 'node:assert/strict'
import { test } from 'node:test'
import { untilWords } from './until-words.ts'

test('a pause ends at an instant with its zone, or when somebody says so', () => {
  assert.equal(untilWords('2026-12-03T14:20:00.000Z'), 'until Thu 3 Dec 2026, 14:20 UTC')
  assert.equal(untilWords('9999-12-31T00:00:00.000Z'), 'until further notice')
})
