import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Attempts } from './attempts.ts'

test('a burst passes, then a steady rate, each key for itself', () => {
  let now = 0
  const attempts = new Attempts(() => now, { burst: 3, perSecond: 1 })
  assert.deepEqual(
    [1, 2, 3, 4].map(() => attempts.take('a')),
    [true, true, true, false],
  )
  assert.equal(attempts.take('b'), true)
  now = 1000
  assert.deepEqual([attempts.take('a'), attempts.take('a')], [true, false])
})

test('a clock that goes back gives nothing away', () => {
  let now = 100_000
  const attempts = new Attempts(() => now, { burst: 1, perSecond: 1 })
  assert.equal(attempts.take('a'), true)
  now = 0
  assert.equal(attempts.take('a'), false)
})

test('a million keys take the room of the newest few', () => {
  const attempts = new Attempts(() => 0, { burst: 1, most: 100 })
  for (let i = 0; i < 100_000; i++) attempts.take(`key ${i}`)
  assert.equal(attempts.size, 100)
  assert.equal(attempts.take('key 99999'), false)
})
