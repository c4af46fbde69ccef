import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DutyList, DutyOut } from '../../../contract/shapes/duty.ts'
import { actsOf, dayWords, headline, lateWords, stretchOf } from './words.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 21)
const due = (on: string | null) => ({ due: { on, at: on === null ? null : `${on}T23:59:59.999Z`, counted: '' } }) as DutyOut

test('what can be said follows from what was said; a standing duty is never reported', () => {
  assert.deepEqual(actsOf({ ...due('2026-07-02'), status: 'not-reported' }), ['report-done', 'note'])
  assert.deepEqual(actsOf({ ...due(null), status: 'not-reported' }), ['note'])
  assert.deepEqual(actsOf({ ...due('2026-07-02'), status: 'disputed' }), ['answer-dispute', 'take-back', 'note'])
})

test('lateness and the headline are told plainly', () => {
  assert.equal(lateWords({ overdue: true, daysLate: 1_142 }), '1,142 d late')
  assert.equal(lateWords({ overdue: false, daysLate: 12 }), 'done 12 d late')
  assert.equal(lateWords({ overdue: false, daysLate: 0 }), null)
  const counts = { duties: 18, overdue: 12, reported: 0, disputed: 0, standing: 3 }
  assert.match(headline({ counts } as DutyList), /^Of 15 dates, 12 have passed/)
  assert.match(headline({ counts: { ...counts, overdue: 0 } } as DutyList), /^None of 15/)
  assert.equal(dayWords('2026-07-02'), '2 Jul 2026')
  assert.equal(dayWords('soon'), 'soon')
})

test('the gauge shows all dates and now, and never more days than it can draw', () => {
  assert.equal(stretchOf([due(null)], NOW), null)
  const near = stretchOf([due('2026-07-02'), due('2026-12-07')], NOW)!
  assert.ok(near.from < Date.UTC(2026, 6, 2) && near.to > Date.UTC(2026, 11, 7))
  const far = stretchOf([due('1900-01-01'), due('9000-01-01')], NOW)!
  assert.ok(far.to - far.from <= 400 * DAY && far.from < NOW && far.to > NOW)
})
