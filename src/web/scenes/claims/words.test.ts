import assert from 'node:assert/strict'
import { test } from 'node:test'
import { narrowed, saysWords, timesOf } from './words.ts'

test('what a project says stands as a sentence with its zone, also over midnight', () => {
  const says = { kind: 'only-at-times', times: { days: [6, 7], fromMinute: 1320, toMinute: 365 } } as const
  assert.equal(saysWords({ ...says, times: { ...says.times, days: [6, 7] } }), 'Only Sat, Sun, 22:00 to 06:05 UTC.')
  assert.match(saysWords({ ...says, times: { ...says.times, days: [1, 2, 3, 4, 5, 6, 7] } }), /every day/)
})

test('a target that nothing narrows is meant whole', () => {
  assert.equal(narrowed({ from: null, to: null, path: null, weakness: null }), 'all of it')
  assert.equal(narrowed({ from: '1.0', to: null, path: 'src/', weakness: 'CWE-787' }), '1.0 to the newest · src/ · CWE-787')
})

test('what a form says of days and hours is what is then read', () => {
  const times = timesOf({ days: [1, 7], from: '22:00', to: '04:05' })
  assert.deepEqual(times, { days: [1, 7], fromMinute: 1320, toMinute: 245 })
  assert.equal(saysWords({ kind: 'only-at-times', times }), 'Only Mon, Sun, 22:00 to 04:05 UTC.')
})
