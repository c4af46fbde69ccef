import assert from 'node:assert/strict'
import { test } from 'node:test'
import { narrowed, saysWords } from './words.ts'

test('what a project says stands as a sentence with its zone, also over midnight', () => {
  const says = { kind: 'only-at-times', times: { days: [6, 7], fromMinute: 1320, toMinute: 365 } } as const
  assert.equal(saysWords({ ...says, times: { ...says.times, days: [6, 7] } }), 'Only Sat, Sun, 22:00 to 06:05 UTC.')
  assert.match(saysWords({ ...says, times: { ...says.times, days: [1, 2, 3, 4, 5, 6, 7] } }), /every day/)
})

test('a target that nothing narrows is meant whole', () => {
  assert.equal(narrowed({ from: null, to: null, path: null, weakness: null }), 'all of it')
  assert.equal(narrowed({ from: '1.0', to: null, path: 'src/', weakness: 'CWE-787' }), '1.0 to the newest · src/ · CWE-787')
})
