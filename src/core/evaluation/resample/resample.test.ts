import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scoredRow, statedTask } from '../../../devkit/eval-data.ts'
import { fitCurve } from '../horizon/fit.ts'
import { METR_1_1 } from '../horizon/profile.ts'
import { headline } from '../table/choice.ts'
import { panelOf } from '../table/panel.ts'
import { drawTasks, familyBounds } from './draw.ts'
import { Generator, streamOf } from './generator.ts'
import { bandOf, horizonsOf, intervalOf } from './interval.ts'
import { percentile } from './percentile.ts'
import { joinSlices, type ModelSlice, resampleSlice } from './slice.ts'
import { warmFit } from './warm-fit.ts'

const TASKS = Array.from({ length: 60 }, (_, i) => statedTask(`t${i}`, `f${i % 6}`, 2 ** (i / 8)))
const RUNS = ['one', 'two'].flatMap((model, m) =>
  TASKS.flatMap(({ task, family }, i) =>
    [0, 1, 2].map((k) => scoredRow(model, task, family, String(k), (i * 7 + k * 13 + m) % 60 > i ? 1 : 0)),
  ),
)
const panel = panelOf({ runs: RUNS, tasks: TASKS }, headline('stated'))
const RESAMPLING = { seed: 11, units: 'families' } as const

describe('the generator', () => {
  test('equal starts give equal numbers, any other start gives others, and none is out of range', () => {
    const draw = (seed: number, stream: number, n: number) => {
      const random = new Generator()
      random.start(seed, stream, n)
      return Array.from({ length: 8 }, () => random.below(1000)).join()
    }
    const starts = [
      [1, 0, 0],
      [2, 0, 0],
      [1, 1, 0],
      [1, 0, 1],
      [2 ** 32 + 1, 0, 0],
      [0, 0, 0],
    ] as [number, number, number][]
    assert.equal(new Set(starts.map((start) => draw(...start))).size, starts.length)
    assert.equal(draw(1, 0, 0), draw(1, 0, 0))
    assert.notEqual(streamOf('one'), streamOf('two'))
  })

  test('numbers are even within and across sequences (χ² below its 99.99 % point)', () => {
    const random = new Generator()
    const within = new Float64Array(64)
    const first = new Float64Array(64)
    random.start(5, 0, 0)
    for (let i = 0; i < 64_000; i++) within[random.below(64)]!++
    for (let n = 0; n < 64_000; n++) {
      random.start(5, 0, n)
      first[random.below(64)]!++
    }
    for (const counts of [within, first]) {
      const chi = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
      assert.ok(chi < 114 && chi > 25, String(chi))
    }
  })
})

describe('resampling', () => {
  test('families are drawn first: a resample has as many families, each with its own number of tasks', () => {
    const times = new Int32Array(60)
    const random = new Generator()
    const bounds = familyBounds(panel)
    let absent = 0
    for (let n = 0; n < 2000; n++) {
      random.start(1, 0, n)
      drawTasks(bounds, 'families', random, times)
      assert.equal(
        times.reduce((sum, count) => sum + count, 0),
        60,
      )
      for (let f = 0; f < 6; f++) if (times.subarray(f * 10, f * 10 + 10).every((count) => count === 0)) absent++
    }
    // Each family is left out with chance (5/6)^6 = 0.335.
    assert.ok(Math.abs(absent / 12_000 - 0.335) < 0.015, String(absent / 12_000))
    drawTasks(bounds, 'tasks', random, times)
    assert.equal(
      times.reduce((sum, count) => sum + count, 0),
      60,
    )
  })

  test('slices computed apart, in any order, join to the whole', () => {
    const whole = resampleSlice(panel, METR_1_1, RESAMPLING, 0, 300)
    const parts = [
      [250, 300],
      [0, 90],
      [90, 250],
    ].map(([from, to]) => resampleSlice(panel, METR_1_1, RESAMPLING, from!, to!))
    assert.deepEqual(joinSlices(parts), whole)
    assert.equal(joinSlices(parts.slice(0, 2)), null)
    assert.equal(joinSlices([]), null)
  })

  test('a model draws the same whether the other is there or not, and however rows are ordered', () => {
    const alone = panelOf({ runs: RUNS.filter(({ model }) => model === 'two').reverse(), tasks: TASKS }, headline('stated'))
    const [got] = resampleSlice(alone, METR_1_1, RESAMPLING, 0, 100).models
    assert.deepEqual(got, resampleSlice(panel, METR_1_1, RESAMPLING, 0, 100).models[1])
  })

  test('the warm fit finds what the damped one finds, from near, from far and on separated data', () => {
    const random = new Generator()
    const got = { slope: 0, intercept: 0 }
    for (let n = 0; n < 2000; n++) {
      random.start(9, 0, n)
      const size = 2 + random.below(30)
      const x = Float64Array.from({ length: size }, () => random.below(1000) / 100 - 2).sort()
      const weight = Float64Array.from({ length: size }, () => (1 + random.below(4)) / size)
      const solved = weight.map((w, i) => (n % 4 === 0 ? (i < size / 2 ? w : 0) : w * (random.below(3) / 2)))
      const [some, all] = [solved.some((w) => w > 0), solved.every((w, i) => w === weight[i])]
      if (!some || all) continue
      const start = { slope: -random.below(50) / 10, intercept: random.below(200) / 10 - 10 }
      warmFit(x, weight, solved, size, 1e-5, start, got)
      const want = fitCurve({ x, weight, solved }, 1e-5)
      assert.ok(want.converged, `resample ${n}`)
      assert.ok(Math.abs(got.slope - want.slope) < 1e-6 * (1 + Math.abs(want.slope)), `${n}: ${got.slope} ${want.slope}`)
      assert.ok(Math.abs(got.intercept - want.intercept) < 1e-6 * (1 + Math.abs(want.intercept)), `resample ${n}`)
    }
  })
})

describe('intervals of resamples', () => {
  const slice = (curves: readonly (readonly [number, number] | null)[]): ModelSlice => ({
    model: 'm',
    used: Uint8Array.from(curves, (one) => (one ? 1 : 0)),
    slope: Float64Array.from(curves, (one) => one?.[0] ?? 0),
    intercept: Float64Array.from(curves, (one) => one?.[1] ?? 0),
  })
  const support = { end: 64, shortest: 1, longest: 128 }

  test('percentiles interpolate, and stop at infinities', () => {
    assert.equal(percentile(Float64Array.of(0, 1, 2, 3), 0.5), 1.5)
    assert.equal(percentile(Float64Array.of(0, 1, Number.POSITIVE_INFINITY), 0.5), 1)
    assert.equal(percentile(Float64Array.of(0, 1, Number.POSITIVE_INFINITY), 0.6), null)
    assert.equal(percentile(Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), 0.5), null)
    assert.equal(percentile(new Float64Array(), 0.5), null)
  })

  test('curves that do not fall stand at the open end of their side; skipped ones nowhere', () => {
    const got = horizonsOf(slice([[-1, 3], null, [0.5, -4], [-1e-6, -2], [-1e-6, 5]]), 0.5)
    assert.deepEqual([...got], [Number.NEGATIVE_INFINITY, 3, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
    const many = slice(Array.from({ length: 400 }, (_, i) => (i < 380 ? [-1, i / 100] : [0.1, 9])))
    const interval = intervalOf(many, 0.5, support)!
    assert.ok(interval.low.reliable && interval.low.minutes! > 1)
    assert.deepEqual(interval.high, { minutes: null, reliable: false })
    assert.equal(intervalOf(slice([[-1, 3]]), 0.5, support), null)
  })

  test('an end among the longest tasks is marked', () => {
    const got = intervalOf(slice(Array.from({ length: 400 }, (_, i) => [-1, 2 + i / 80])), 0.5, support)!
    assert.deepEqual([got.low.reliable, got.high.reliable], [true, false])
  })

  test('an end that hangs on a handful of resamples is marked', () => {
    const end = (step: number) => {
      const curves = Array.from({ length: 1000 }, (_, i) => [-1, 4 - (i < 40 ? (40 - i) * step : 0) + i / 1000] as const)
      return intervalOf(slice(curves), 0.5, support)!.low.reliable
    }
    assert.deepEqual([end(0.01), end(0.09)], [true, false])
  })

  test('a band lies between 0 and 1 and falls with the curves', () => {
    const band = bandOf(slice(Array.from({ length: 400 }, (_, i) => [-1, 2 + i / 200])), [1, 8, 1e300])!
    assert.ok(band[0]!.low > band[1]!.low && band[1]!.low < band[1]!.high && band[2]!.high < 1e-9)
  })
})
