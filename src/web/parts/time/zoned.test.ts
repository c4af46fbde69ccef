import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantIn } from './zoned.ts'

test('a wall clock in a zone is an instant, on both sides of a change of daylight saving', () => {
  assert.equal(instantIn('2026-12-04T09:00', 'America/Los_Angeles'), '2026-12-04T17:00:00.000Z')
  assert.equal(instantIn('2026-07-04T09:00', 'America/Los_Angeles'), '2026-07-04T16:00:00.000Z')
  assert.equal(instantIn('2026-12-04T09:00', 'UTC'), '2026-12-04T09:00:00.000Z')
  assert.equal(instantIn('2028-02-29T23:30', 'Asia/Kolkata'), '2028-02-29T18:00:00.000Z')
})

test('an hour that comes twice is its first, one that is skipped is none, an unknown zone is none', () => {
  assert.equal(instantIn('2026-11-01T01:30', 'America/New_York'), '2026-11-01T05:30:00.000Z')
  assert.equal(instantIn('2026-03-08T02:30', 'America/New_York'), null)
  assert.equal(instantIn('2026-03-08T02:30', 'Atlantis/Nowhere'), null)
  assert.equal(instantIn('soon', 'UTC'), null)
})
