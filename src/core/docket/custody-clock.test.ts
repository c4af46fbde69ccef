import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decidingNow, isFresh, restoreMark } from './custody-clock.ts'

const reading = { host: 1_000_000, mono: 500 }

describe('the clock that decides', () => {
  test('is the latest of host, database and the highest ever seen, each going on by the steady clock', () => {
    assert.equal(decidingNow(reading, null, null), 1_000_000)
    assert.equal(decidingNow(reading, { at: 1_000_100, mono: 450 }, null), 1_000_150)
    assert.equal(decidingNow(reading, { at: 999_000, mono: 450 }, { at: 1_000_500, mono: 499 }), 1_000_501)
  })

  test('does not run backward when the steady clock itself is younger than what it is compared with', () => {
    assert.equal(decidingNow(reading, { at: 2_000_000, mono: 900 }, null), 2_000_000)
  })

  test('is sure for as long as the database was heard of lately, to the millisecond', () => {
    assert.equal(isFresh(reading, null, 100), false)
    assert.equal(isFresh(reading, { at: 1, mono: 400 }, 100), true)
    assert.equal(isFresh(reading, { at: 1, mono: 399 }, 100), false)
    assert.equal(isFresh(reading, { at: 1, mono: 501 }, 100), false)
  })

  test('goes on over a restart of the process, and stands over one of the machine', () => {
    const mark = { at: 7000, mono: 100, boot: 'a' }
    assert.deepEqual(restoreMark(mark, 'a', reading), { at: 7000, mono: 100 })
    assert.deepEqual(restoreMark(mark, 'b', reading), { at: 7000, mono: 500 })
    assert.deepEqual(restoreMark({ ...mark, mono: 501 }, 'a', reading), { at: 7000, mono: 500 })
  })
})
