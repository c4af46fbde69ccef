import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scoredRow, statedTask } from '../../../devkit/eval-data.ts'
import { Generator } from '../resample/generator.ts'
import type { RunRow, RunTable } from '../run-row.ts'
import { headline } from '../table/choice.ts'
import { doublingTime, runningMaxima } from './doubling.ts'
import { byMissing, byTreatment, evaluateHorizons } from './evaluate.ts'
import { METR_1_0, METR_1_1, profileOf } from './profile.ts'
import { sayMinutes } from './say-minutes.ts'
import { boundWhenAllSolved, boundWhenNoneSolved } from './scale-bound.ts'

// A generated suite of 8 families × 5 tasks from 1 to 128 minutes, and models whose chance follows a stated curve.
const FAMILIES = 8
const TASKS = Array.from({ length: FAMILIES * 5 }, (_, i) =>
  statedTask(`t${i}`, `f${i % FAMILIES}`, 2 ** ((7 * ((i * 17) % 40)) / 39)),
)
const STATED = headline('stated')

function model(name: string, chance: (x: number) => number, attempts = 2, tasks = TASKS): RunRow[] {
  const random = new Generator()
  random.start(42, 7, name.length)
  return tasks.flatMap(({ task, family, minutes }) =>
    Array.from({ length: attempts }, (_, i) => {
      const solved = random.below(1e6) / 1e6 < chance(Math.log2(minutes.stated ?? 1))
      return scoredRow(name, task, family, String(i), solved ? 1 : 0)
    }),
  )
}
const curve = (slope: number, log2: number) => (x: number) => 1 / (1 + Math.exp(-slope * (x - log2)))
const GOOD = [...model('good', curve(-1, 3)), ...model('fair', curve(-0.8, 2.5))]

function one(runs: RunRow[], name: string, resamples = 400, tasks = TASKS) {
  const ask = resamples > 0 ? { resamples, seed: 3, tasksOnly: true } : null
  const report = evaluateHorizons({ runs, tasks }, STATED, METR_1_1, ask)
  return report.models.find(({ model }) => model === name)!
}
const codes = (result: { notes: readonly { code: string }[] }) => result.notes.map(({ code }) => code)

describe('the outcome of a horizon', () => {
  test('estimated: p80 below p50, inside the interval, wider than tasks alone', () => {
    const got = one(GOOD, 'good')
    assert.equal(got.outcome, 'estimated')
    assert.ok(got.p50! > 5 && got.p50! < 12 && got.p80! < got.p50!)
    assert.ok(got.interval!.low.minutes! < got.p50! && got.interval!.high.minutes! > got.p50!)
    assert.ok(got.interval!.low.reliable && got.interval!.high.reliable && got.assessable)
    assert.ok(!got.interval80!.low.reliable)
    assert.deepEqual(codes(got), ['few-resamples', 'unreliable-end'])
    assert.equal(one(GOOD, 'good', 0).interval, null)
  })

  test('all 0: below the scale by the slopes of the others, bound where nothing solved still has a chance of 0.025', () => {
    const got = one([...GOOD, ...model('none', () => 0)], 'none')
    assert.deepEqual([got.outcome, got.p50, got.interval, got.fit, got.assessable], ['below-scale', null, null, null, false])
    const slopes = ['good', 'fair'].map((name) => one(GOOD, name, 0).fit!.slope)
    const chance = (minutes: number) =>
      slopes.reduce(
        (sum, slope) =>
          sum + TASKS.reduce((all, task) => all * (1 - curve(slope, Math.log2(minutes))(Math.log2(task.minutes.stated!))), 0.5),
        0,
      )
    assert.equal(got.bound?.side, 'below')
    assert.ok(Math.abs(chance(got.bound!.minutes) - 0.025) < 1e-9)
    assert.match(got.say, /^Nothing was solved.* < /)
  })

  test('all 1: the mirror image', () => {
    const got = one([...GOOD, ...model('all', () => 1)], 'all')
    assert.deepEqual([got.outcome, got.bound?.side, got.p50], ['above-scale', 'above', null])
    const times = [0, 1, 5]
    const mirrored = boundWhenNoneSolved(
      times.map((time) => -time),
      [-1],
    )
    assert.equal(boundWhenAllSolved(times, [-1]), 1 / mirrored!)
  })

  test('off the scale and alone: no slope, so no bound, and it says so', () => {
    const got = one(
      model('none', () => 0),
      'none',
    )
    assert.deepEqual([got.outcome, got.bound], ['below-scale', null])
    assert.ok(codes(got).includes('no-reference-slope'))
  })

  test('success that rises with human time, or is the same for all, has no horizon', () => {
    for (const chance of [curve(1, 3), (x: number) => (x > 3 ? 1 : 0)]) {
      const got = one(model('odd', chance), 'odd')
      assert.deepEqual([got.outcome, got.p50, got.interval, got.assessable], ['no-horizon', null, null, false])
    }
    const halves = TASKS.map(({ task, family }) => scoredRow('half', task, family, '1', 0.5))
    assert.equal(one(halves, 'half').outcome, 'no-horizon')
    const same = TASKS.map((task) => ({ ...task, minutes: { stated: 10 } }))
    const got = one(
      model('same', () => 0.5),
      'same',
      0,
      same,
    )
    assert.equal(got.outcome, 'no-horizon')
    assert.match(got.say, /same human time/)
  })

  test('a slope whose interval includes 0 has no horizon, though the fit has a number', () => {
    const got = one(model('flat', curve(-0.08, 3), 1), 'flat', 2000)
    assert.ok(got.fit!.slope < 0 && got.fit!.p50 !== null && got.slopeInterval![1] > 0, JSON.stringify(got.slopeInterval))
    assert.deepEqual([got.outcome, got.p50], ['no-horizon', null])
    assert.match(got.say, /includes 0/)
  })

  test('separated: the gap instead of a slope', () => {
    const got = one(
      model('clean', (x) => (x < 3 ? 1 : 0)),
      'clean',
    )
    const below = TASKS.map(({ minutes }) => minutes.stated!).filter((minutes) => Math.log2(minutes) < 3)
    assert.equal(got.outcome, 'separated')
    assert.ok(Math.abs(got.gap!.longestSolved - Math.max(...below)) < 1e-9 && got.gap!.shortestFailed >= 8)
    assert.deepEqual([got.p50, got.interval, got.assessable], [null, null, false])
    assert.ok(Number.isFinite(got.fit!.slope))
  })

  test('beyond the longest tasks: more than the point where fewer than five are longer; the number stays in the annex', () => {
    const got = one(model('far', curve(-0.8, 7), 6), 'far')
    const fifth = TASKS.map(({ minutes }) => minutes.stated!).sort((a, b) => b - a)[4]!
    assert.equal(got.outcome, 'beyond-longest')
    assert.ok(Math.abs(got.bound!.minutes - fifth) < 1e-9 && got.bound!.side === 'above')
    assert.ok(got.p50 === null && got.fit!.p50! >= fifth && !got.assessable)
    assert.equal(got.interval?.high.reliable, false)
    assert.ok(codes(got).includes('unreliable-end'))
  })

  test('fewer than 20 tasks or 3 families only describe', () => {
    const few = TASKS.slice(0, 19)
    const got = one(model('m', curve(-1, 3), 3, few), 'm')
    assert.deepEqual([got.outcome, got.interval, got.assessable], ['description-only', null, false])
    assert.ok(codes(got).includes('few-tasks') && got.p50 !== null)
    const two = TASKS.map((task, i) => ({ ...task, family: `f${i % 2}` }))
    const pair = one(model('m', curve(-1, 3), 3, two), 'm', 400, two)
    assert.deepEqual([pair.outcome, codes(pair).includes('few-families')], ['description-only', true])
  })

  test('no human time is not made up; no valid run is not 0', () => {
    const untimed = TASKS.map((task) => ({ ...task, minutes: {}, censoredAt: 30 }))
    const got = one(model('m', curve(-1, 3)), 'm', 0, untimed)
    assert.deepEqual([got.outcome, got.counts.untimed, got.counts.censored], ['no-human-times', 80, 80])
    const unscored = TASKS.map(({ task, family }) => scoredRow('m', task, family, '1', null))
    assert.deepEqual([one(unscored, 'm').outcome, one(unscored, 'm').counts.missing], ['no-runs', 40])
  })

  test('weights of the file are used only when every run has one', () => {
    const runs = GOOD.map((row, i) => ({ ...row, weight: 1 + (i % 3) }))
    const stated = profileOf(1e-5, 'stated')
    const fit = (rows: RunRow[]) => evaluateHorizons({ runs: rows, tasks: TASKS }, STATED, stated, null).models[1]!
    assert.notEqual(fit(runs).p50, one(GOOD, 'good', 0).p50)
    const broken = fit(runs.map((row, i) => (i === 3 ? { ...row, weight: null } : row)))
    assert.deepEqual([broken.p50, codes(broken)], [one(GOOD, 'good', 0).p50, ['unusable-weights']])
  })
})

describe('variants', () => {
  const cheats = GOOD.map((row, i) => (i % 9 === 0 && row.score === 1 ? { ...row, cheating: 'confirmed' as const } : row))

  test('the three treatments stand in order and only the dropped runs are gone', () => {
    const table: RunTable = { runs: cheats, tasks: TASKS }
    const got = byTreatment(table, STATED, METR_1_1, null)
    const [f, x, s] = (['F', 'X', 'S'] as const).map((treatment) => got[treatment].models[1]!)
    assert.ok(f!.p50! < x!.p50! && x!.p50! < s!.p50!)
    assert.equal(x!.counts.runs, f!.counts.runs - f!.counts.confirmed)
    assert.deepEqual([got.X.method.treatment, got.S.method.treatment], ['X', 'S'])
    const honest = byTreatment({ runs: GOOD, tasks: TASKS }, STATED, METR_1_1, null)
    assert.deepEqual(honest.S.models, honest.F.models)
  })

  test('missing attempts bound the headline', () => {
    const runs = GOOD.map((row, i) => (i % 8 === 0 ? { ...row, score: null, reason: 'endpoint-fault' as const } : row))
    const got = byMissing({ runs, tasks: TASKS }, STATED, METR_1_1, null)
    const p50 = (missing: 'drop' | 'zero' | 'one') => got[missing].models[1]!.p50!
    assert.ok(p50('zero') < p50('drop') && p50('drop') < p50('one'))
  })

  test('the stronger penalty of the older profile flattens the curve', () => {
    const table = { runs: GOOD, tasks: TASKS }
    const slope = (profile: typeof METR_1_0) => evaluateHorizons(table, STATED, profile, null).models[1]!.fit!.slope
    assert.ok(slope(METR_1_0) > slope(METR_1_1) + 0.05)
    assert.equal(profileOf(0.1, 'inverse-root').name, 'metr-1.0')
    assert.deepEqual([profileOf(0.01, 'equal').name, profileOf(Number.NaN, 'equal').lambda], ['custom', 1e-9])
  })
})

describe('the doubling time', () => {
  test('a line through exact doublings every 100 days', () => {
    const releases = [0, 100, 200, 250].map((day) => ({ model: `m${day}`, day, p50: 2 ** (day / 100) }))
    const got = doublingTime(releases)!
    assert.ok(Math.abs(got.days! - 100) < 1e-9 && Math.abs(got.rSquared! - 1) < 1e-12)
    const lower = { model: 'late', day: 300, p50: 1 }
    const wrong = { model: 'wrong', day: 10, p50: Number.NaN }
    assert.deepEqual(runningMaxima([lower, ...releases, wrong]), releases)
  })

  test('no line through fewer than three, through one day, or downwards', () => {
    const on = (day: number, p50: number) => ({ model: 'm', day, p50 })
    assert.equal(doublingTime([on(1, 1), on(2, 2)]), null)
    assert.equal(doublingTime([on(1, 1), on(1, 2), on(1, 3)]), null)
    assert.equal(doublingTime([on(1, 3), on(2, 2), on(3, 1)])?.days, null)
    assert.deepEqual(doublingTime([on(1, 3), on(2, 3), on(3, 3)]), { days: null, rSquared: null, models: ['m', 'm', 'm'] })
  })
})

test('minutes for people', () => {
  assert.deepEqual([0.004, 0.4, 0.717, 51.7012, 630, 11400, 2e7].map(sayMinutes), [
    '0.24 s',
    '24 s',
    '0.717 min',
    '51.7 min',
    '10.5 h',
    '190 h',
    '38 years',
  ])
})
