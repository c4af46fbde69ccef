import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { scoredRow, statedTask } from '../../devkit/eval-data.ts'
import { doublingTime, runningMaxima } from './horizon/doubling.ts'
import { evaluateHorizons } from './horizon/evaluate.ts'
import { profileOf } from './horizon/profile.ts'
import { clopperPearson } from './rates/clopper-pearson.ts'
import { pairedDifference } from './rates/paired.ts'
import { rangeSteps } from './rates/range-steps.ts'
import { rateSummaries } from './rates/summary.ts'
import { taskMeans } from './rates/task-means.ts'
import { Generator } from './resample/generator.ts'
import { HORIZON_OUTCOMES, type HorizonResult, MISSINGS, TREATMENTS, WEIGHTINGS } from './result.ts'
import { AXES, REASONS, type RunTable } from './run-row.ts'
import { scoresOf } from './table/scores.ts'

// 10,000 tables of any size and spite: whatever stands in them, no answer holds NaN or an infinity, in numbers or in words, and
// no uncertainty is 0.

const name = (prefix: string, most: number) => fc.integer({ min: 0, max: most }).map((n) => `${prefix}${n}`)
const spite = fc.constantFrom(0, -1, 1e-300, 1e300, 5e-324, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY)
const minutes = fc.oneof({ weight: 6, arbitrary: fc.double({ min: 0.01, max: 5000, noNaN: true }) }, spite)
const score = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, 1e-17, 1 - 2 ** -53, null) },
  { weight: 1, arbitrary: spite },
)
const run = (most: number) =>
  fc.record({
    model: name('m', 2),
    task: name('t', most),
    family: name('f', 3),
    attempt: name('', 2),
    score,
    reason: fc.oneof({ weight: 8, arbitrary: fc.constant('scored' as const) }, fc.constantFrom(...REASONS)),
    tokens: fc.constant(null),
    cheating: fc.oneof({ weight: 6, arbitrary: fc.constant('no' as const) }, fc.constantFrom('suspected', 'confirmed')),
    weight: fc.oneof({ weight: 6, arbitrary: fc.double({ min: 0.1, max: 3, noNaN: true }) }, spite, fc.constant(null)),
  })
const task = (most: number) =>
  fc.record({
    task: name('t', most),
    family: name('f', 5),
    minutes: fc.record({ stated: minutes, best: minutes, 'first-solve': minutes }, { requiredKeys: ['stated'] }),
    censoredAt: fc.constantFrom(null, null, 60),
    broken: fc.constantFrom(null, null, null, null, 'no flag'),
  })
const spiteful: fc.Arbitrary<RunTable> = fc.constantFrom(1, 4, 30).chain((most) =>
  fc.record({
    runs: fc.array(run(most) as fc.Arbitrary<RunTable['runs'][number]>, { maxLength: most * 4, size: 'max' }),
    tasks: fc.array(task(most), { maxLength: most * 3, size: 'max' }),
  }),
)

// A suite of 40 tasks and a model that follows some curve, with a few spiteful rows thrown in, so that every outcome is reached.
const sound: fc.Arbitrary<RunTable> = fc
  .record({
    slope: fc.double({ min: -3, max: 0.5, noNaN: true }),
    middle: fc.double({ min: -2, max: 9, noNaN: true }),
    seed: fc.nat(),
    extra: fc.array(run(40) as fc.Arbitrary<RunTable['runs'][number]>, { maxLength: 5 }),
  })
  .map(({ slope, middle, seed, extra }) => {
    const random = new Generator()
    random.start(seed, 0, 0)
    const tasks = Array.from({ length: 40 }, (_, i) => statedTask(`t${i}`, `f${i % 5}`, 2 ** (i / 5 + random.below(100) / 50)))
    const runs = tasks.map(({ task: id, family, minutes: { stated = 1 } }) => {
      const chance = 1 / (1 + Math.exp(-slope * (Math.log2(stated) - middle)))
      return scoredRow('m9', id, family, '1', random.below(1000) < 1000 * chance ? 1 : 0)
    })
    return { runs: [...runs, ...extra], tasks }
  })
const table = fc.oneof(spiteful, spiteful, sound)

function finite(value: unknown, path = ''): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${path} is ${value}`)
  else if (typeof value === 'string') assert.doesNotMatch(value, /NaN|Infinity|undefined|null/, path)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) finite(inner, `${path}.${key}`)
}

function coherent({ outcome, p50, p80, interval, bound, gap, assessable, fit, counts, say }: HorizonResult): void {
  assert.ok(say.length > 10)
  if (p50 !== null) assert.ok(p50 > 0 && (outcome === 'estimated' || outcome === 'description-only'))
  if (p80 !== null) assert.ok(p50 !== null && p80 < p50)
  assert.equal(gap !== null, outcome === 'separated')
  if (bound !== null) assert.ok(bound.minutes > 0)
  if (outcome === 'below-scale') assert.equal(counts.successes, 0)
  if (outcome === 'above-scale') assert.equal(counts.successes, counts.runs)
  if (fit === null) assert.ok(['below-scale', 'above-scale', 'no-runs', 'no-human-times'].includes(outcome))
  assert.equal(assessable && outcome !== 'estimated', false)
  if (interval === null) return
  assert.ok(outcome === 'estimated' || outcome === 'beyond-longest')
  if (interval.low.minutes !== null && interval.high.minutes !== null) assert.ok(interval.low.minutes < interval.high.minutes)
}

describe('10,000 fuzzed tables', () => {
  test('horizons are finite, coherent and never 0 ± 0', () => {
    const seen = new Set<string>()
    const property = fc.property(
      table,
      fc.record({
        axis: fc.oneof({ weight: 5, arbitrary: fc.constant('stated' as const) }, fc.constantFrom(...AXES)),
        treatment: fc.constantFrom(...TREATMENTS),
        missing: fc.constantFrom(...MISSINGS),
      }),
      fc.constantFrom(1e-5, 0.1, 0, Number.NaN, 1e9),
      fc.constantFrom(...WEIGHTINGS),
      fc.integer({ min: 0, max: 39 }),
      (input, choice, lambda, weights, n) => {
        const ask = n === 0 ? { resamples: 220, seed: n, tasksOnly: true } : null
        const report = evaluateHorizons(input, choice, profileOf(lambda, weights), ask)
        finite(report)
        for (const model of report.models) {
          coherent(model)
          seen.add(model.outcome)
        }
      },
    )
    fc.assert(property, { numRuns: 10_000, seed: 41 })
    assert.equal(seen.size, HORIZON_OUTCOMES.length)
  })

  test('rates are finite, within [0, 1], and an interval is never a point', () => {
    const property = fc.property(
      table,
      fc.constantFrom(...TREATMENTS),
      fc.constantFrom(...MISSINGS),
      (input, treatment, missing) => {
        const summaries = rateSummaries(input, treatment, missing, [1, 2, 5])
        finite(summaries)
        for (const { accuracy } of summaries) {
          if (accuracy === null) continue
          assert.ok(accuracy.value >= 0 && accuracy.value <= 1)
          assert.ok(accuracy.familySe !== 0 && accuracy.withinSe !== 0)
          const { interval } = accuracy
          if (interval) assert.ok(interval.low >= 0 && interval.high <= 1 && interval.low < interval.high)
        }
        const [first, second] = scoresOf(input, treatment, missing).map(taskMeans)
        if (first && second) finite(pairedDifference(first, second))
      },
    )
    fc.assert(property, { numRuns: 10_000, seed: 42 })
  })

  test('ranges, shares and trends', () => {
    const any = fc.oneof(fc.integer({ min: -3, max: 40 }), spite)
    const property = fc.property(fc.array(any, { maxLength: 12 }), any, any, (list, a, b) => {
      finite(rangeSteps(list, a, 200, 1))
      finite(clopperPearson(a, b))
      const releases = list.map((p50, i) => ({ model: `m${i}`, day: i % 5 === 0 ? a : i, p50 }))
      finite(doublingTime(runningMaxima(releases)))
    })
    fc.assert(property, { numRuns: 1000, seed: 43 })
  })
})
