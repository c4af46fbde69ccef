import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { madeMeasurement } from '../../../devkit/made-measurement.ts'
import { BUDGETS } from '../budget/budget-curve.ts'
import { canonicalText } from './canonical.ts'
import { computeFigures } from './compute.ts'
import type { AnalysisInput } from './input.ts'
import { rangesOf } from './rows.ts'

/** Every number in a value, with its place. */
function numbers(value: unknown, at = ''): [string, number][] {
  if (typeof value === 'number') return [[at, value]]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, one]) => numbers(one, `${at}.${name}`))
}

describe('the figures of a measurement', () => {
  const input = madeMeasurement()
  const { figures } = computeFigures(input)

  test('equal inputs give equal bytes, and the order of the rows decides nothing', () => {
    const again = computeFigures({ ...input, rows: [...input.rows].reverse() })
    assert.equal(canonicalText(again.figures), canonicalText(figures))
  })

  test('the horizon is near the truth it was drawn from and its interval holds it', () => {
    const { low, high } = figures.horizon.interval!
    assert.ok(low.minutes! < 60 && high.minutes! > 60)
    assert.equal(figures.horizon.outcome, 'estimated')
    assert.equal(figures.coverage, null)
  })

  test('with fewer than twelve families a simulated coverage stands beside the interval', () => {
    const few = computeFigures(madeMeasurement({ families: 5, tasks: 8, runs: 1 }))
    assert.ok(few.figures.coverage !== null && few.evidence.coverage !== null)
  })

  test('every figure names rows, and the sets hold each row of the model', () => {
    assert.deepEqual(figures.sets['all'], [[0, input.rows.length - 1]])
    assert.deepEqual(figures.sets['task:family-1/t0'], [[14, 15]])
    const named = JSON.stringify(figures).match(/"rows":\{"of":"[^"]+"/g) ?? []
    assert.ok(named.length > 40)
    for (const one of figures.influence.families) assert.ok(one.rows.without! in figures.sets)
  })

  test('success by budget never falls, and budgets beyond every run equal the rate', () => {
    const { points } = figures.budget
    assert.equal(points.length, BUDGETS.length)
    for (const [i, point] of points.entries()) assert.ok(i === 0 || point.success >= points[i - 1]!.success)
    assert.equal(points.at(-1)!.success, figures.accuracy!.value)
  })

  test('a budget in the method cuts runs that needed more', () => {
    const method = { ...input.settings.method, budget: 50_000 }
    const cut = computeFigures({ ...input, settings: { ...input.settings, method } })
    assert.ok(cut.figures.accuracy!.value < figures.accuracy!.value)
  })

  test('confirmed cheating shows three treatments apart; suspected changes nothing', () => {
    const cheat = (word: 'suspected' | 'confirmed') =>
      computeFigures(madeMeasurement({ change: (row) => (row.n % 9 === 0 ? { ...row, score: 1, cheating: word } : row) }))
    const [f, x, s] = cheat('confirmed').figures.treatments.map(({ result }) => result.p50!)
    assert.ok(f! < x! && x! < s!, `${f} ${x} ${s}`)
    const same = cheat('suspected').figures.treatments.map(({ result }) => result.p50)
    assert.equal(new Set(same).size, 1)
  })

  test('missing attempts are bounded from both sides', () => {
    const missing = madeMeasurement({
      change: (row) => (row.n % 11 === 0 ? { ...row, score: null, reason: 'endpoint-fault' } : row),
    })
    const { figures: gone, evidence } = computeFigures(missing)
    const [drop, zero, one] = gone.missing.map(({ p50 }) => p50!)
    assert.ok(zero! < drop! && drop! < one!)
    assert.ok(Math.abs(evidence.missingShare - 1 / 11) < 0.01)
  })

  test('a reference model brings an ability and a person fit', () => {
    const other = madeMeasurement({ horizon: 10, seed: 3 }).rows.map((row) => ({ ...row, model: 'other', n: row.n + 1000 }))
    const two = computeFigures({ ...input, rows: [...input.rows, ...other] }).figures
    assert.ok(two.ability!.models === 2 && two.ability!.fit !== null)
    assert.deepEqual(two.sets['all'], figures.sets['all'])
  })

  const hostile: readonly (readonly [string, AnalysisInput])[] = [
    ['all failed', madeMeasurement({ change: (row) => ({ ...row, score: 0 }) })],
    ['all solved', madeMeasurement({ change: (row) => ({ ...row, score: 1 }) })],
    ['all missing', madeMeasurement({ change: (row) => ({ ...row, score: null, reason: 'unscored' }) })],
    ['rising with time', madeMeasurement({ slope: 2 })],
    ['one task', madeMeasurement({ families: 1, tasks: 1, runs: 1 })],
    ['no times', { ...madeMeasurement(), tasks: [] }],
    ['names of objects', madeMeasurement({ change: (row) => ({ ...row, family: '__proto__', task: 'constructor' }) })],
    [
      'scores out of range',
      madeMeasurement({ change: (row) => ({ ...row, score: Number.NaN, tokens: Number.POSITIVE_INFINITY }) }),
    ],
  ]
  for (const [name, bad] of hostile) {
    test(`${name}: no NaN, no infinity`, () => {
      const computed = computeFigures(bad)
      for (const [at, value] of numbers(computed.figures)) assert.ok(Number.isFinite(value), `${at} is ${value}`)
      assert.doesNotThrow(() => canonicalText(computed.figures))
    })
  }

  test('row numbers pack into ranges', () => {
    assert.deepEqual(rangesOf([5, 1, 2, 2, 3, 9]), [
      [1, 3],
      [5, 5],
      [9, 9],
    ])
  })
})
