import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant, instant, parseInstant } from './instant.ts'

test('a timestamp reads as its instant, whatever zone and however fine it is written', () => {
  const at = Date.UTC(2026, 10, 21, 17, 0, 0, 250)
  for (const text of [
    '2026-11-21T17:00:00.250Z',
    '2026-11-21t17:00:00.25z',
    '2026-11-21 17:00:00.2509999Z',
    '2026-11-21T18:30:00.250+01:30',
    '2026-11-21T12:00:00.250-05:00',
  ])
    assert.equal(parseInstant(text), at, text)
  assert.equal(formatInstant(instant(at)), '2026-11-21T17:00:00.250Z')
})

test('a leap second is the last one of its minute; a leap day needs a leap year', () => {
  assert.equal(parseInstant('2016-12-31T23:59:60Z'), parseInstant('2016-12-31T23:59:59Z'))
  assert.notEqual(parseInstant('2028-02-29T00:00:00Z'), null)
  assert.equal(parseInstant('2026-02-29T00:00:00Z'), null)
})

test('what names no instant is null', () => {
  for (const text of [
    '',
    '2026-11-21',
    '2026-11-21T17:00:00',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T17:60:00Z',
    '2026-11-21T17:00:00.Z',
    '2026-11-21T17:00:00+25:99',
    '2026-11-21T17:00:00Z ',
  ])
    assert.equal(parseInstant(text), null, text)
})

test('only whole milliseconds that a date can hold are instants', () => {
  for (const ms of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 8_640_000_000_000_001])
    assert.throws(() => instant(ms), RangeError)
})
