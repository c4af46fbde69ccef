import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { DAY, HOUR, type Instant, instant, MINUTE } from '../../kernel/instant.ts'
import type { PriorityWord } from '../../priority/staff.ts'
import { type Budget, WEEK } from './budget.ts'
import { expected } from './expected.ts'
import { mayGoNow } from './may-go.ts'
import { isQuiet, type OffsetAt, quietUntil } from './quiet-hours.ts'
import { before, HEAD_START_DAYS, positionOf, rank, type Waiting } from './waiting-line.ts'

const T0 = Date.UTC(2026, 2, 1)

/** Europe/Berlin and Lord Howe Island (half an hour of summer time) around 2026, and two made-up ones that jump by day. */
const ZONES: Readonly<Record<string, readonly (readonly [fromMs: number, minutes: number])[]>> = {
  Berlin: [
    [0, 60],
    [Date.UTC(2026, 2, 29, 1), 120],
    [Date.UTC(2026, 9, 25, 1), 60],
  ],
  LordHowe: [
    [0, 660],
    [Date.UTC(2026, 3, 4, 15), 630],
    [Date.UTC(2026, 9, 3, 15, 30), 660],
  ],
  Dateline: [
    [0, -660],
    [Date.UTC(2026, 5, 1, 11), 780],
  ],
}
const offsetAt: OffsetAt = (zone, at) => ZONES[zone]?.findLast(([from]) => from <= at)?.[1] ?? null

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const quiet = fc.record({ from: time, to: time, zone: fc.constantFrom('Berlin', 'LordHowe', 'Dateline', 'nowhere') })
// Half of the instants lie within hours of a change of clocks.
const when = fc
  .oneof(
    fc.integer({ min: 0, max: 300 * DAY }).map((ms) => T0 + ms),
    fc
      .tuple(
        fc.constantFrom(...Object.values(ZONES).flatMap((rows) => rows.slice(1).map(([from]) => from))),
        fc.integer({ min: -26 * HOUR, max: 2 * HOUR }),
      )
      .map(([change, ms]) => change + ms),
  )
  .map(instant)

describe('quiet hours', () => {
  test('end at the first minute that is not quiet, whatever the clocks do', () => {
    fc.assert(
      fc.property(quiet, when, (hours, at) => {
        const end = quietUntil(hours, at, offsetAt)
        assert.ok(end >= at && !isQuiet(hours, end, offsetAt))
        if (!isQuiet(hours, at, offsetAt)) return assert.equal(end, at)
        for (let t = at as number; t < end; t = (Math.floor(t / MINUTE) + 1) * MINUTE)
          assert.ok(isQuiet(hours, instant(t), offsetAt), `free at ${new Date(t).toISOString()}`)
      }),
      { numRuns: 1500 },
    )
  })

  test('clocks set forward over the end end it; clocks set back into it begin it again', () => {
    const night = { from: '22:00', to: '02:30', zone: 'Berlin' }
    const spring = quietUntil(night, instant(Date.UTC(2026, 2, 28, 23)), offsetAt)
    assert.equal(new Date(spring).toISOString(), '2026-03-29T01:00:00.000Z')
    // 02:30 comes first as summer time; half an hour later it is 02:00 once more.
    const autumn = quietUntil(night, instant(Date.UTC(2026, 9, 24, 22)), offsetAt)
    assert.equal(new Date(autumn).toISOString(), '2026-10-25T00:30:00.000Z')
    assert.equal(
      new Date(quietUntil(night, instant(Date.UTC(2026, 9, 25, 1)), offsetAt)).toISOString(),
      '2026-10-25T01:30:00.000Z',
    )
  })

  test('equal times are no quiet hours', () => {
    assert.equal(isQuiet({ from: '08:00', to: '08:00', zone: 'Berlin' }, instant(T0), offsetAt), false)
  })
})

const budget: fc.Arbitrary<Budget> = fc.record({
  openAtOnce: fc.integer({ min: 1, max: 4 }),
  perWeek: fc.integer({ min: 1, max: 5 }),
  quiet: fc.option(quiet, { nil: null }),
  pausedUntil: fc.option(
    fc.integer({ min: 0, max: 30 * DAY }).map((ms) => instant(T0 + ms)),
    { nil: null },
  ),
})
const PRIORITIES = Object.keys(HEAD_START_DAYS) as PriorityWord[]
const waiting: fc.Arbitrary<Waiting> = fc.record({
  id: fc.uuid(),
  priority: fc.constantFrom(...PRIORITIES),
  since: fc.integer({ min: 0, max: 400 * DAY }).map((ms) => instant(T0 + ms)),
})

describe('the budget', () => {
  test('is never exceeded, and the instant named is the first at which it lets one go', () => {
    fc.assert(
      fc.property(
        budget,
        fc.array(fc.integer({ min: 0, max: 20 * DAY }), { minLength: 30, maxLength: 30 }),
        (limits, stays) => {
          let now: Instant = instant(T0)
          let open: Instant[] = []
          const sentAt: Instant[] = []
          for (const stay of stays) {
            const sent = { open: open.length, sentAt, openFor: [] }
            const answer = mayGoNow(limits, sent, now, offsetAt)
            if (answer.go) {
              sentAt.push(now)
              open.push(instant(now + stay + 1))
              assert.ok(open.length <= limits.openAtOnce)
              assert.ok(sentAt.filter((at) => at > now - WEEK).length <= limits.perWeek)
              assert.ok(now >= ((limits.pausedUntil as Instant | null) ?? 0))
              assert.ok(limits.quiet === null || !isQuiet(limits.quiet, now, offsetAt))
            } else if (answer.next !== null) {
              assert.ok(answer.next > now)
              assert.equal(mayGoNow(limits, sent, instant(answer.next - 1), offsetAt).go, false)
              assert.equal(mayGoNow(limits, sent, answer.next, offsetAt).go, true)
              now = answer.next
            } else now = instant(Math.min(...open))
            open = open.filter((until) => until > now)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  test('the earliest date is when it goes if all is closed at once', () => {
    const free = budget.map((limits) => ({ ...limits, quiet: null }))
    const past = fc.array(fc.integer({ min: 0, max: 9 * DAY }), { maxLength: 6 })
    fc.assert(
      fc.property(free, past, fc.integer({ min: 1, max: 12 }), (limits, ago, position) => {
        const sentAt = ago.map((ms) => instant(T0 - ms))
        let now = instant(T0)
        const told = expected(position, limits, { open: limits.openAtOnce, sentAt, openFor: [] }, now, offsetAt)
        assert.equal(told.likely, null)
        for (let n = 1; n <= position; n++) {
          const answer = mayGoNow(limits, { open: 0, sentAt, openFor: [] }, now, offsetAt)
          if (!answer.go) now = answer.next!
          sentAt.push(now)
        }
        assert.equal(told.earliest, now)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the waiting line', () => {
  test('is a total order in which the higher priority goes first within eight weeks', () => {
    fc.assert(
      fc.property(fc.uniqueArray(waiting, { maxLength: 30, selector: ({ id }) => id }), (all) => {
        const ranked = rank(all)
        for (const [n, one] of ranked.entries()) {
          assert.equal(positionOf(one.id, all), n + 1)
          for (const later of ranked.slice(n + 1)) {
            assert.ok(before(one, later) < 0 && before(later, one) > 0)
            if (PRIORITIES.indexOf(later.priority) < PRIORITIES.indexOf(one.priority))
              assert.ok(later.since - one.since >= 56 * DAY)
            else if (later.priority === one.priority) assert.ok(one.since <= later.since)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  test('starves nothing: under an endless stream of higher priorities every case is reached within a bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (perStep, arrivals) => {
        // Each week `perStep` cases go and as many or more immediate ones come than can go.
        const worst: Waiting = { id: 'worst', priority: 'defer', since: instant(T0) }
        let line: Waiting[] = [worst]
        let came = 0
        for (let week = 0; week < 400; week++) {
          const since = instant(T0 + week * WEEK)
          for (let n = 0; n < arrivals; n++) line.push({ id: `n${came++}`, priority: 'immediate', since })
          line = rank(line).slice(perStep)
          // Those of weeks 0 to 52 can stand before it, and no others.
          if (!line.includes(worst)) return assert.ok(week * perStep <= 53 * arrivals)
        }
        assert.fail('never reached')
      }),
      { numRuns: 30 },
    )
  })

  test('nothing that comes a year later overtakes, so finitely many cases go before any one', () => {
    fc.assert(
      fc.property(waiting, waiting, (one, other) => {
        const late = { ...other, since: instant(one.since + 364 * DAY + 1) }
        assert.ok(before(one, late) < 0)
      }),
    )
  })
})
