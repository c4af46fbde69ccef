import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused, readProblem, Unreachable } from './failure.ts'
import { HeldKey } from './held-key.ts'

const act = { do: 'defer', reason: 'The line runs.' }

test('what is said again before an answer came goes under the same key, and anything else under another', () => {
  const keys = new HeldKey()
  const first = keys.of(act)
  keys.heard(new Unreachable())
  assert.equal(keys.of({ ...act }), first)
  keys.heard(new Refused(readProblem(503, null)))
  assert.equal(keys.of(act), first)
  const other = keys.of({ ...act, reason: 'Another.' })
  assert.notEqual(other, first)
  assert.match(other, /^[\x21-\x7e]{1,200}$/)
})

test('an answer ends a key: the same again is another act', () => {
  const keys = new HeldKey()
  const first = keys.of(act)
  keys.heard(null)
  const second = keys.of(act)
  assert.notEqual(second, first)
  keys.heard(new Refused(readProblem(409, null)))
  assert.notEqual(keys.of(act), second)
})
