import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeCall, layWindow } from './custody-window.ts'

const window = { opens: 100, ends: 200, latest: 300 }
const latch = { at: 150, why: 'withdrawn' } as const
const no = (code: string, shuts = false) => ({ pass: false, code, latch: shuts })

describe('whether a call may pass', () => {
  test('from the opening on, up to and not at the end', () => {
    assert.deepEqual(judgeCall(window, null, 99, true), no('window.not-open'))
    assert.deepEqual(judgeCall(window, null, 100, true), { pass: true })
    assert.deepEqual(judgeCall(window, null, 199, true), { pass: true })
    assert.deepEqual(judgeCall(window, null, 200, true), no('window.ended', true))
  })

  test('without news of the database none does, and nothing is latched; the end is seen even so', () => {
    assert.deepEqual(judgeCall(window, null, 150, false), no('window.clock-unsure'))
    assert.deepEqual(judgeCall(window, null, 200, false), no('window.ended', true))
  })

  test('a latch is for ever, and no window is no call', () => {
    assert.deepEqual(judgeCall(window, latch, 150, true), no('window.ended'))
    assert.deepEqual(judgeCall(window, latch, 0, true), no('window.ended'))
    assert.deepEqual(judgeCall(null, null, 150, true), no('window.not-open'))
  })
})

describe('laying a window', () => {
  const codes = (...given: Parameters<typeof layWindow>) => {
    const laid = layWindow(...given)
    return laid.ok ? laid.over : laid.code
  }

  test('its end may move up to the latest, never past it, and what is past already shuts', () => {
    assert.equal(codes(window, null, { ...window, ends: 300 }, 150), false)
    assert.equal(codes(window, null, { ...window, ends: 301 }, 150), 'custody.bad-window')
    assert.equal(codes(window, null, { ...window, ends: 120 }, 150), true)
    assert.equal(codes(window, null, { ...window, ends: 100 }, 150), true)
  })

  test('once it has opened its beginning and its latest end stand; before that they may move', () => {
    assert.equal(codes(window, null, { opens: 101, ends: 250, latest: 300 }, 150), 'custody.bad-window')
    assert.equal(codes(window, null, { opens: 100, ends: 250, latest: 301 }, 150), 'custody.bad-window')
    assert.equal(codes(window, null, { opens: 120, ends: 350, latest: 400 }, 50), false)
  })

  test('shut is shut: by a latch, or by an end that has passed and that nobody has seen yet', () => {
    assert.equal(codes(window, latch, { ...window, ends: 300 }, 150), 'custody.shut')
    assert.equal(codes(window, null, { ...window, ends: 300 }, 200), 'custody.shut')
  })

  test('what is no window is refused', () => {
    for (const wish of [
      { opens: 3, ends: 2, latest: 9 },
      { opens: -1, ends: 200, latest: 300 },
      { opens: 1.5, ends: 200, latest: 300 },
      { opens: 1, ends: Number.NaN, latest: 300 },
      { opens: 1, ends: 200, latest: Number.POSITIVE_INFINITY },
    ])
      assert.equal(codes(null, null, wish, 0), 'custody.bad-window')
    assert.equal(codes(null, null, window, 200), 'custody.bad-window')
  })
})
