import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DAY, HOUR, type Instant, instant } from '../../kernel/instant.ts'
import { type Budget, budgetOf, type Sendings, UNKNOWN_BUDGET } from './budget.ts'
import { expected } from './expected.ts'
import { finderClock } from './finder-clock.ts'
import { mayGoNow, WAITS } from './may-go.ts'
import { positionOf, rank } from './waiting-line.ts'

const NOW = instant(Date.UTC(2026, 10, 21, 12))
const at = (days: number): Instant => instant(NOW + days * DAY)
const NONE: Sendings = { open: 0, sentAt: [], openFor: [] }
const utc = () => 0
const pace = { openAtOnce: 3, perWeek: 2, quiet: null, pausedUntil: null }
const BUDGET: Budget = budgetOf(pace)
const ask = (budget: Budget, sent: Sendings, emergency = false) => mayGoNow(budget, sent, NOW, utc, emergency)

describe('may one more go now', () => {
  test('unknown projects: one open case, one a week', () => {
    assert.equal(budgetOf(null), UNKNOWN_BUDGET)
    assert.deepEqual(ask(UNKNOWN_BUDGET, NONE), { go: true, by: 'budget' })
    assert.deepEqual(ask(UNKNOWN_BUDGET, { ...NONE, open: 1, sentAt: [at(-9)] }), {
      go: false,
      why: 'budget.open-full',
      says: WAITS['budget.open-full'],
      next: null,
    })
    const week = ask(UNKNOWN_BUDGET, { ...NONE, sentAt: [at(-3)] })
    assert.deepEqual([!week.go && week.why, !week.go && week.next], ['budget.week-full', at(4)])
    assert.equal(ask(UNKNOWN_BUDGET, { ...NONE, sentAt: [at(-7)] }).go, true)
  })

  test('paused, also by an instant that nobody can read, and nothing at all', () => {
    for (const [budget, why, next] of [
      [budgetOf({ ...pace, pausedUntil: '2026-12-01T00:00:00Z' }), 'budget.paused', instant(Date.UTC(2026, 11, 1))],
      [budgetOf({ ...pace, pausedUntil: 'further-notice' }), 'budget.paused-until-notice', null],
      [budgetOf({ ...pace, pausedUntil: '2026-02-31T00:00:00Z' }), 'budget.paused-until-notice', null],
      [{ ...BUDGET, openAtOnce: 0 }, 'budget.nothing', null],
      [{ ...BUDGET, perWeek: 0 }, 'budget.nothing', null],
    ] as const) {
      const answer = ask(budget, NONE)
      assert.deepEqual(answer, { go: false, why, says: WAITS[why], next })
    }
  })

  test('quiet hours are the maintainer’s wall clock, and a pause that ends in them lasts to their end', () => {
    const quiet = { from: '20:00', to: '07:00', zone: 'Asia/Tokyo' }
    const tokyo = () => 540
    const answer = mayGoNow({ ...BUDGET, quiet }, NONE, NOW, tokyo)
    assert.deepEqual([!answer.go && answer.why, !answer.go && answer.next], ['budget.quiet', instant(NOW + 10 * HOUR)])
    const paused = mayGoNow({ ...BUDGET, quiet, pausedUntil: at(1) }, NONE, NOW, tokyo)
    assert.equal(!paused.go && paused.next, instant(at(1) + 10 * HOUR))
  })

  test('an emergency passes everything and counts afterwards', () => {
    const paused = budgetOf({ ...pace, pausedUntil: 'further-notice' })
    assert.deepEqual(ask(paused, { ...NONE, open: 9 }, true), { go: true, by: 'emergency' })
    assert.equal(ask(BUDGET, { open: 3, sentAt: [at(-8)], openFor: [] }).go, false)
  })

  test('a clock set back gives nothing away', () => {
    assert.equal(ask(UNKNOWN_BUDGET, { ...NONE, sentAt: [at(2)] }).go, false)
  })
})

describe('position and date', () => {
  const line = [
    { id: 'a', priority: 'defer', since: at(-100) },
    { id: 'b', priority: 'immediate', since: at(0) },
    { id: 'c', priority: 'scheduled', since: at(-1) },
    { id: 'd', priority: 'out-of-cycle', since: at(-2) },
    { id: 'e', priority: 'scheduled', since: at(-3) },
  ] as const

  test('by priority, then age; a very old one has risen', () => {
    assert.deepEqual(
      rank(line).map(({ id }) => id),
      ['b', 'd', 'a', 'e', 'c'],
    )
    assert.deepEqual([positionOf('c', line), positionOf('x', line)], [5, null])
  })

  test('the date follows the week’s number, and the median of what was closed', () => {
    const sent = { open: 3, sentAt: [at(-10)], openFor: [6 * DAY, 30 * DAY, 12 * DAY] }
    assert.deepEqual(expected(1, BUDGET, { ...sent, open: 0 }, NOW, utc).likely, NOW)
    const third = expected(3, BUDGET, sent, NOW, utc)
    assert.deepEqual([third.earliest, third.likely], [at(7), at(12)])
    const ninth = expected(9, BUDGET, sent, NOW, utc)
    assert.deepEqual([ninth.earliest, ninth.likely], [at(28), at(36)])
    assert.deepEqual(expected(1, { ...BUDGET, perWeek: 0 }, sent, NOW, utc).earliest, null)
    assert.equal(expected(9, BUDGET, { ...sent, openFor: [] }, NOW, utc).likely, null)
  })

  test('absurd positions and times stay instants', () => {
    const far = expected(10 ** 12, BUDGET, { open: 3, sentAt: [], openFor: [1e15] }, NOW, utc)
    assert.ok(far.likely !== null && far.likely >= far.earliest!)
  })
})

describe('the finder’s clock', () => {
  const facts = { receivedAt: at(-20), sentAt: null, expectedAt: at(10), days: 90, countsFrom: 'sending' } as const

  test('counted from sending, it has not begun while the case waits', () => {
    const clock = finderClock(facts, NOW)
    assert.deepEqual([clock.waited, clock.begunAt, clock.endsAt, clock.endsIfSentAt], [20 * DAY, null, null, at(100)])
    const sent = finderClock({ ...facts, sentAt: at(-5) }, NOW)
    assert.deepEqual([sent.waited, sent.begunAt, sent.endsAt, sent.endsIfSentAt], [15 * DAY, at(-5), at(85), null])
  })

  test('counted from receipt, it runs on, and says when it ends before the maintainer is told', () => {
    const clock = finderClock({ ...facts, countsFrom: 'receipt' }, NOW)
    assert.deepEqual([clock.begunAt, clock.endsAt, clock.endsBeforeSending], [at(-20), at(70), false])
    const late = finderClock({ ...facts, countsFrom: 'receipt', expectedAt: at(71) }, NOW)
    assert.equal(late.endsBeforeSending, true)
    assert.match(late.says, /before the maintainer/)
    assert.equal(finderClock({ ...facts, countsFrom: 'receipt', expectedAt: null }, NOW).endsBeforeSending, true)
  })

  test('no days stated', () => {
    assert.deepEqual(finderClock({ ...facts, days: null }, NOW).endsIfSentAt, null)
  })
})
