import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, POLICY, playTo } from '../../devkit/docket-play.ts'
import { DAY, formatInstant, HOUR, type Instant, parseInstant } from '../kernel/instant.ts'
import { policyOf } from './policy.ts'
import { latestEnd, timeLeft, windowEnd } from './window.ts'

const day = (text: string): Instant => parseInstant(text)!
const local = (at: Instant, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at)
const end = (opens: string, days: number, planned: string | null = null, granted = 0) =>
  formatInstant(
    windowEnd(
      {
        opensAt: day(opens),
        days,
        granted,
        planned: planned === null ? null : { at: day(planned), zone: 'Europe/Berlin' },
      },
      POLICY,
    ),
  )

describe('when a window ends', () => {
  test('after so many times 24 hours', () => {
    assert.equal(end('2026-06-02T09:30:00Z', 10), '2026-06-12T09:30:00.000Z')
    assert.equal(end('2026-06-02T09:30:00Z', 30), '2026-07-02T09:30:00.000Z')
  })

  test('at the planned release where that is earlier, and no later than its own days where it is not', () => {
    assert.equal(end('2026-06-02T09:30:00Z', 30, '2026-06-20T12:00:00Z'), '2026-06-20T12:00:00.000Z')
    assert.equal(end('2026-06-02T09:30:00Z', 10, '2026-06-20T12:00:00Z'), '2026-06-12T09:30:00.000Z')
  })

  test('never before it opened', () => {
    assert.equal(end('2026-06-02T09:30:00Z', 10, '2026-05-01T00:00:00Z'), '2026-06-02T09:30:00.000Z')
  })

  test('granted down time lengthens it, never past 30 days in all', () => {
    assert.equal(end('2026-06-02T09:30:00Z', 10, null, 6 * HOUR), '2026-06-12T15:30:00.000Z')
    assert.equal(end('2026-06-02T09:30:00Z', 30, null, 6 * HOUR), '2026-07-02T09:30:00.000Z')
    assert.equal(end('2026-06-02T09:30:00Z', 10, '2026-06-12T10:00:00Z', 6 * HOUR), '2026-06-12T10:00:00.000Z')
  })

  test('a change from summer time moves the hour on the wall and not the length', () => {
    const opens = day('2026-10-20T10:00:00Z')
    const ends = windowEnd({ opensAt: opens, days: 10, granted: 0, planned: null }, POLICY)
    assert.equal(ends - opens, 10 * DAY)
    assert.equal(local(opens, 'Europe/Berlin'), '20/10/2026, 12:00')
    assert.equal(local(ends, 'Europe/Berlin'), '30/10/2026, 11:00')
  })

  test('a change to summer time likewise', () => {
    const opens = day('2026-03-01T17:00:00Z')
    const ends = windowEnd({ opensAt: opens, days: 30, granted: 0, planned: null }, POLICY)
    assert.equal(ends - opens, 30 * DAY)
    assert.equal(local(opens, 'America/New_York'), '01/03/2026, 12:00')
    assert.equal(local(ends, 'America/New_York'), '31/03/2026, 13:00')
  })

  test('a leap day counts as any other', () => {
    assert.equal(end('2028-02-15T00:00:00Z', 30), '2028-03-16T00:00:00.000Z')
    assert.equal(end('2027-02-15T00:00:00Z', 30), '2027-03-17T00:00:00.000Z')
    assert.equal(end('2028-02-29T23:59:59Z', 1), '2028-03-01T23:59:59.000Z')
  })

  test('the latest end is the policy’s, by its version', () => {
    const opens = day('2026-06-02T00:00:00Z')
    assert.equal(latestEnd(opens, POLICY) - opens, 30 * DAY)
    assert.equal(latestEnd(opens, policyOf('eo-14409-draft/2026-05')!) - opens, 90 * DAY)
    assert.equal(policyOf('eo-14409/9.9.9'), null)
  })
})

test('the time left counts down to 0 and is told only while the window is open', () => {
  const { docket } = playTo('window-open')
  assert.deepEqual(timeLeft(docket, at(1)), { milliseconds: 30 * DAY, endsAt: at(31) })
  assert.equal(timeLeft(docket, at(31))?.milliseconds, 0)
  assert.equal(timeLeft(docket, at(40))?.milliseconds, 0)
  assert.equal(timeLeft(playTo('access-ready').docket, at(1)), null)
  assert.equal(timeLeft(playTo('analysis').docket, at(32)), null)
})
