import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scoredRow } from '../../../devkit/eval-data.ts'
import { accuracyOf } from './accuracy.ts'
import { incompleteBeta, inverseBeta } from './beta.ts'
import { clopperPearson, upperWhenNone } from './clopper-pearson.ts'
import { clusteredMean } from './clustered.ts'
import { designEffect } from './design-effect.ts'
import { logGamma } from './log-gamma.ts'
import { pairedDifference } from './paired.ts'
import { passAll, passAt, passRate } from './pass-at.ts'
import { rangeSteps } from './range-steps.ts'
import { studentT } from './student-t.ts'
import { rateSummaries } from './summary.ts'
import { type TaskMean, taskMeans } from './task-means.ts'

const near = (got: number | null | undefined, want: number, relative = 1e-10) =>
  assert.ok(got != null && Math.abs(got - want) <= relative * Math.max(Math.abs(want), 1e-300), `${got} is not ${want}`)

const mean = (family: string, value: number, task = `${family}-${value}`): TaskMean => ({
  task,
  family,
  attempts: 2,
  mean: value,
  variance: 0.02,
})

describe('distributions', () => {
  test('gamma, beta and t agree with SciPy 1.x', () => {
    for (const [x, want] of [
      [0.5, 0.5723649429247004],
      [2.5, 0.2846828704729196],
      [10, 12.801827480081467],
      [1e4, 82099.71749644238],
      [1e6, 12815504.569147611],
    ] as const)
      near(logGamma(x), want, 1e-13)
    near(incompleteBeta(0.3, 2, 5), 0.579825)
    near(incompleteBeta(0.999, 0.5, 0.5), 0.9798649583666235)
    near(incompleteBeta(1e-6, 0.5, 3), 0.0018749987500003749)
    near(incompleteBeta(0.01, 200, 15000), 0.00010430041807085639, 1e-8)
    near(incompleteBeta(0.5, 1e4, 1e4), 0.5, 1e-8)
    near(inverseBeta(0.579825, 2, 5), 0.3)
    for (const [freedom, want] of [
      [1, 12.706204736174694],
      [2, 4.302652729749462],
      [6, 2.4469118511449786],
      [19, 2.0930240544083087],
      [5000, 1.9604385517065073],
      [1e6, 1.959966356814107],
    ] as const)
      near(studentT(0.975, freedom), want, 1e-8)
  })

  test('Clopper and Pearson, from nothing seen to everything', () => {
    for (const [k, n, low, high] of [
      [3, 10, 0.06673951117773447, 0.6524528500599973],
      [0, 10, 0, 0.3084971078187607],
      [10, 10, 0.6915028921812392, 1],
      [1, 1, 0.025, 1],
      [37, 4000, 0.006520979136559783, 0.012727571546591933],
      [9999, 10000, 0.9994429630020529, 0.9999974682224065],
    ] as const) {
      const got = clopperPearson(k, n)
      near(got.low, low, 1e-9)
      near(got.high, high, 1e-9)
    }
    near(upperWhenNone(10), 0.3084971078187607)
    assert.deepEqual(clopperPearson(4, 3), { low: 0, high: 1 })
  })
})

describe('success rates', () => {
  test('pass@k and pass^k, absent where there are fewer than k attempts', () => {
    near(passAt(70, 10, 4), 0.4681670202149646)
    near(passAll(70, 10, 4), 0.00022903385883879832)
    near(passAt(10_000, 10, 300), 0.262678563199835)
    near(passAll(10_000, 9990, 300), 0.7373214368001649)
    assert.equal(passAt(3, 3, 4), null)
    assert.equal(passAt(5, 3, 4), 1)
    assert.equal(passAll(5, 3, 4), 0)
    const tasks = [
      { task: 'a', family: 'f', scores: [1, 0] },
      { task: 'b', family: 'f', scores: [1] },
    ]
    assert.deepEqual(passRate({ model: 'm', tasks }, 2), { k: 2, tasks: 1, any: 1, all: 0 })
    assert.deepEqual(passRate({ model: 'm', tasks }, 3), { k: 3, tasks: 0, any: null, all: null })
  })

  test('standard errors by cluster equal the written-out sum', () => {
    const values = [1, 0, 1, 1, 0.5].map((value, i) => ({ value, cluster: 'aabbc'[i]! }))
    const got = clusteredMean(values)!
    // Deviations of the clusters from the mean 0.7: −0.4, 0.6, −0.2.
    near(got.se, Math.sqrt(1.5 * (0.16 + 0.36 + 0.04)) / 5)
    near(got.interval!.high - got.mean, 4.302652729749462 * got.se!, 1e-8)
    assert.equal(clusteredMean([]), null)
  })

  test('one cluster, no spread and cancelling clusters give no interval, never a 0', () => {
    for (const values of [
      [mean('a', 0), mean('a', 1)],
      [mean('a', 0.5), mean('b', 0.5)],
      [mean('a', 0, '1'), mean('a', 1, '2'), mean('b', 0, '3'), mean('b', 1, '4')],
    ]) {
      const got = accuracyOf(values, 1)!
      assert.deepEqual([got.familySe, got.interval, got.basis], [null, null, 'none'])
    }
  })

  test('nothing solved is bounded by the effective number of tasks, everything solved is its mirror', () => {
    const none = Array.from({ length: 40 }, (_, i) => ({ ...mean(`f${i % 8}`, 0, `t${i}`), variance: 0 }))
    const got = accuracyOf(none, 4)!
    near(got.interval!.high, 0.3084971078187607)
    assert.deepEqual([got.interval!.low, got.familySe, got.withinSe, got.basis], [0, null, null, 'none-solved'])
    const all = accuracyOf(
      none.map((one) => ({ ...one, mean: 1 })),
      0.2,
    )!
    near(all.interval!.low, 1 - upperWhenNone(40))
    assert.equal(accuracyOf(none, null)!.interval, null)
  })

  test('the design effect is a median over models and at least 1', () => {
    const alike = ['a', 'b', 'c'].flatMap((family, f) => [1, 2, 3].map((t) => mean(family, f / 2, `${family}${t}`)))
    near(designEffect([alike]), (1.5 * (2 * 1.5 ** 2)) / ((9 / 8) * (6 * 0.25)))
    const against = ['a', 'b', 'c'].flatMap((family, f) =>
      [0, 1].map((value) => mean(family, value + f / 100, `${family}${value}`)),
    )
    assert.equal(designEffect([against]), 1)
    assert.equal(designEffect([]), null)
  })

  test('the noise within tasks, and none where a task ran once', () => {
    const scores = (task: string, list: number[]) => ({ task, family: task, scores: list })
    const twice = taskMeans({ model: 'm', tasks: [scores('a', [0, 1]), scores('b', [1, 1])] })
    near(accuracyOf(twice, null)!.withinSe, Math.sqrt(0.5 / 2) / 2)
    assert.equal(accuracyOf(taskMeans({ model: 'm', tasks: [scores('a', [0, 1]), scores('b', [1])] }), null)!.withinSe, null)
  })

  test('two models differ by their common tasks', () => {
    const first = [mean('a', 1, '1'), mean('a', 0.5, '2'), mean('b', 1, '3'), mean('c', 1, '9')]
    const second = [mean('a', 0.5, '1'), mean('a', 0.5, '2'), mean('b', 0, '3')]
    const got = pairedDifference(first, second)!
    assert.deepEqual([got.tasks, got.firstBetter, got.secondBetter, got.difference.mean], [3, 2, 0, 0.5])
    near(got.difference.se, Math.sqrt(2 * (0.25 + 0.25)) / 3)
    assert.equal(got.difference.interval!.high, 1)
    assert.equal(pairedDifference(first, []), null)
  })

  test('steps of a range: mean, survival, whole runs', () => {
    const got = rangeSteps([32, 32, 32, 16, 20, 18, 22, 16, 16, 16], 32, 2000, 7)!
    assert.equal(got.mean, 22)
    near(got.complete.interval.low, 0.06673951117773447)
    assert.deepEqual(
      [1, 16, 17, 32].map((step) => got.survival[step - 1]!.share),
      [1, 1, 0.6, 0.3],
    )
    assert.ok(got.interval!.low > 17.5 && got.interval!.low < 19 && got.interval!.high > 25 && got.interval!.high < 27.5)
    assert.deepEqual(got, rangeSteps([32, 32, 32, 16, 20, 18, 22, 16, 16, 16], 32, 2000, 7))
    assert.equal(rangeSteps([5, 5], 32, 2000, 7)!.interval, null)
    assert.equal(rangeSteps([], 32, 2000, 7), null)
  })

  test('a summary of every model, broken tasks and missing attempts left out', () => {
    const runs = ['a', 'b', 'c'].flatMap((family, i) => [
      scoredRow('strong', `${family}1`, family, '1', i === 0 ? 0 : 1),
      scoredRow('weak', `${family}1`, family, '1', 0),
      scoredRow('weak', `${family}2`, family, '1', null),
    ])
    const tasks = [{ task: 'c1', family: 'c', minutes: {}, censoredAt: null, broken: 'the flag is missing' }]
    const [strong, weak] = rateSummaries({ runs, tasks }, 'F', 'drop', [1])
    assert.deepEqual([strong?.accuracy?.value, strong?.accuracy?.tasks, weak?.accuracy?.tasks], [0.5, 2, 2])
    assert.equal(weak?.accuracy?.basis, 'none-solved')
    assert.deepEqual(strong?.families, [
      { family: 'a', tasks: 1, value: 0 },
      { family: 'b', tasks: 1, value: 1 },
    ])
    const [, worst] = rateSummaries({ runs, tasks }, 'F', 'one', [1])
    assert.equal(worst?.accuracy?.value, 0.6)
  })
})
