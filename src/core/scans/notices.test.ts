import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Id } from '../kernel/id.ts'
import { DAY, type Instant, instant, parseInstant } from '../kernel/instant.ts'
import { coverageMap, type Look, weekOf } from './coverage.ts'
import {
  type EnteredBy,
  evolveOptOut,
  isScanTime,
  type OptOut,
  type OptOutSays,
  stateOptOut,
  withdrawOptOut,
} from './opt-out.ts'
import { type RequestFacts, rankRequests, scanScore } from './scan-request.ts'
import { evolveRoute, type RouteKind, type ScanRoute, stateRoute, withdrawRoute } from './scan-route.ts'

const at = (text: string): Instant => parseInstant(text)!
// A Wednesday.
const NOW = at('2026-11-18T12:00:00Z')
const by: EnteredBy = { as: 'coordinator', person: 'per_1' as Id<'person'> }
const stated = { source: 'https://example.org/SECURITY.md', on: instant(NOW - DAY) }

describe('what a project says', () => {
  const state = (says: OptOutSays, from = stated) =>
    stateOptOut({ id: 'opt_1' as Id<'opt-out'>, name: 'pkg:npm/a', says, stated: from, enteredBy: by }, NOW)

  test('an opt-out is stated with a source and a day, and withdrawn once', () => {
    const decision = state({ kind: 'no-scans' })
    assert.ok(decision.ok)
    const optOut = decision.events.reduce(evolveOptOut, null as unknown as OptOut)
    const ended = withdrawOptOut(optOut, by, NOW)
    assert.ok(ended.ok)
    const after = ended.events.reduce(evolveOptOut, optOut)
    assert.deepEqual([after.endedAt, after.version], [NOW, 2])
    assert.equal(withdrawOptOut(after, by, NOW).ok, false)
    const refused = [
      { source: '', on: NOW },
      { source: 'a\u0007', on: NOW },
      { source: 'x', on: instant(NOW + 2 * DAY) },
    ]
    for (const from of refused) assert.equal(state({ kind: 'no-scans' }, from).ok, false, JSON.stringify(from))
  })

  test('times are read by day and over midnight', () => {
    const night = { days: [3], fromMinute: 22 * 60, toMinute: 4 * 60 }
    assert.equal(state({ kind: 'only-at-times', times: night }).ok, true)
    for (const times of [
      { ...night, days: [] },
      { ...night, days: [0] },
      { ...night, days: [1, 1] },
      { ...night, toMinute: 22 * 60 },
      { ...night, fromMinute: 1440 },
    ])
      assert.equal(state({ kind: 'only-at-times', times }).ok, false, JSON.stringify(times))
    const bears = (text: string) => isScanTime(night, at(text))
    assert.deepEqual(
      [
        '2026-11-18T21:59:59Z',
        '2026-11-18T22:00:00Z',
        '2026-11-19T03:59:59Z',
        '2026-11-19T04:00:00Z',
        '2026-11-18T03:00:00Z',
      ].map(bears),
      [false, true, true, false, false],
    )
    const noon = { days: [3], fromMinute: 720, toMinute: 721 }
    assert.deepEqual(
      [isScanTime(noon, NOW), isScanTime(noon, instant(NOW + 60_000)), isScanTime(noon, instant(NOW + DAY))],
      [true, false, false],
    )
  })

  test('a route has an address of its kind', () => {
    const route = (kind: RouteKind, address: string) =>
      stateRoute({ id: 'rte_1' as Id<'route'>, name: 'pkg:npm/a', kind, address, stated, enteredBy: by }, NOW)
    const good = route('mail', 'security@example.org')
    assert.ok(good.ok)
    const one = good.events.reduce(evolveRoute, null as unknown as ScanRoute)
    const ended = withdrawRoute(one, by, NOW)
    assert.ok(ended.ok && ended.events.reduce(evolveRoute, one).endedAt === NOW)
    assert.equal(route('form', 'http://example.org/form').ok, false)
    assert.equal(route('form', 'javascript:alert(1)').ok, false)
    assert.equal(route('mail', 'a@b\r\nBcc: c@d').ok, false)
    assert.equal(route('coordinator', '').ok, false)
  })
})

describe('requests and coverage', () => {
  const facts = (more: Partial<RequestFacts>): RequestFacts => ({
    criticality: 50,
    lastLook: null,
    optOuts: [],
    taken: false,
    ...more,
  })

  test('the score is the stated formula', () => {
    assert.equal(scanScore(facts({}), NOW), 50)
    assert.equal(scanScore(facts({ lastLook: instant(NOW - 73 * DAY) }), NOW), 10)
    assert.equal(scanScore(facts({ lastLook: instant(NOW - 9999 * DAY) }), NOW), 50)
    assert.equal(scanScore(facts({ lastLook: instant(NOW + DAY) }), NOW), 0)
    assert.equal(scanScore(facts({ optOuts: ['with-consent'] }), NOW), 25)
    assert.equal(scanScore(facts({ optOuts: ['only-at-times', 'no-scans'] }), NOW), null)
  })

  test('what is taken comes last, and what nobody may scan does not come', () => {
    const rows = [
      { id: 'a', ...facts({ criticality: 10 }) },
      { id: 'b', ...facts({ criticality: 90, taken: true }) },
      { id: 'c', ...facts({ criticality: 20 }) },
      { id: 'd', ...facts({ optOuts: ['no-scans'] }) },
      { id: 'e', ...facts({ criticality: 10 }) },
    ]
    assert.deepEqual(
      rankRequests(rows, NOW).map(({ id }) => id),
      ['c', 'a', 'e', 'b'],
    )
  })

  const look = (organisation: string, days: number, more: Partial<Look> = {}): Look => ({
    name: 'n',
    organisation,
    at: instant(NOW - days * DAY),
    family: 'xss',
    public: false,
    ...more,
  })

  test('secret looks are told by three organisations, never by two', () => {
    const two = [look('a', 10), look('b', 11), look('a', 12)]
    assert.deepEqual(coverageMap(two, [], NOW), [])
    assert.deepEqual(coverageMap(two, ['n'], NOW), [{ name: 'n', lastWeek: null, organisations: null, classes: [] }])
    const [row] = coverageMap([...two, look('c', 20, { family: null })], [], NOW)
    assert.deepEqual(row, {
      name: 'n',
      lastWeek: weekOf(instant(NOW - 10 * DAY)),
      organisations: '3-4',
      classes: ['all', 'xss'],
    })
  })

  test('a secret look changes nothing in the week in which it ended, so no answer shows when one came', () => {
    const before = coverageMap([look('a', 10), look('b', 10)], ['n'], NOW)
    assert.deepEqual(coverageMap([look('a', 10), look('b', 10), look('c', 1)], ['n'], NOW), before)
  })

  test('a secret look beside public ones is not told by subtraction', () => {
    const open = [look('a', 10, { public: true }), look('b', 10, { public: true })]
    assert.deepEqual(coverageMap([...open, look('c', 9, { family: 'race' })], [], NOW), coverageMap(open, [], NOW))
  })

  test('a certificate is told at once, and what secret looks beside it were about is not', () => {
    const rows = coverageMap([look('a', 1, { public: true, family: 'race' }), look('b', 10)], [], NOW)
    assert.deepEqual(rows, [{ name: 'n', lastWeek: weekOf(NOW), organisations: null, classes: ['race'] }])
  })

  test('a week begins on Monday', () => {
    assert.equal(new Date(weekOf(NOW)).toISOString(), '2026-11-16T00:00:00.000Z')
    assert.equal(weekOf(at('2026-11-16T00:00:00Z')), at('2026-11-16T00:00:00Z'))
    assert.equal(weekOf(at('2026-11-15T23:59:59Z')), at('2026-11-09T00:00:00Z'))
  })
})
