import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { csvRecords, evalFolder, lyptus2026, lyptusJune, metrGpt54, metrJanuary } from '../../devkit/eval-data.ts'
import { doublingTime, runningMaxima } from './horizon/doubling.ts'
import { evaluateHorizons } from './horizon/evaluate.ts'
import { METR_1_0, METR_1_1, type Profile, profileOf } from './horizon/profile.ts'
import { weightsOf } from './horizon/weights.ts'
import { clusteredMean } from './rates/clustered.ts'
import { passRate } from './rates/pass-at.ts'
import type { Axis, RunTable } from './run-row.ts'
import { headline } from './table/choice.ts'
import { panelOf } from './table/panel.ts'
import { scoresOf } from './table/scores.ts'

const folder = evalFolder()
const skip = folder === null ? 'WEIR_CORPUS is not set: published horizons are not reproduced' : false
const at = folder ?? ''

interface Expected {
  readonly p50: number
  readonly p80?: number
  readonly coefficient?: number
  readonly intercept?: number
  readonly rel_to_published_p50?: number
  readonly published_p50?: number
}
type Jan = Expected &
  Record<'run_mean' | 'se_naive' | 'se_clustered_by_task' | 'n_runs', number> &
  Record<'pass@1' | 'pass@4', { readonly tasks: number; readonly mean: number }>
type File = Record<'lyptus_2026', Record<string, Record<string, Expected>>> &
  Record<'lyptus_2025_june' | 'metr_gpt_5_4', Record<string, Expected>> &
  Record<'metr_jan2025', Record<string, Jan>>
const expected = () => JSON.parse(readFileSync(join(at, 'expected-horizons.json'), 'utf8')) as File

const near = (got: number | null | undefined, want: number, relative: number, what: string) =>
  assert.ok(got != null && Math.abs(got / want - 1) <= relative, `${what}: ${got} is not ${want}`)

function fits(table: RunTable, axis: Axis, profile: Profile) {
  return evaluateHorizons(table, headline(axis), profile, null).models
}

function same(
  fit: { p50: number | null; p80: number | null; slope: number; intercept: number } | null,
  want: Expected,
  what: string,
) {
  near(fit?.p50, want.p50, 1e-6, `${what} p50`)
  if (want.p80 !== undefined) near(fit?.p80, want.p80, 1e-6, `${what} p80`)
  if (want.coefficient !== undefined) near(fit?.slope, want.coefficient, 1e-6, `${what} slope`)
  if (want.intercept !== undefined) near(fit?.intercept, want.intercept, 1e-6, `${what} intercept`)
}

const COLUMNS = [
  ['best', 'best_available_minutes'],
  ['model-estimate', 'model_estimate_minutes'],
] as const

describe('published horizons', { skip }, () => {
  test('Lyptus 2026: 11 models on two axes, the optimum to 1e-6 and the published p50 to 0.2 %', () => {
    const table = lyptus2026(at)
    const published = csvRecords(join(at, 'lyptus-2026/published_horizons.csv'))
    for (const [axis, column] of COLUMNS) {
      const models = fits(table, axis, METR_1_1)
      assert.equal(models.length, 11)
      for (const got of models) {
        same(got.fit, expected().lyptus_2026[got.model]![column]!, `${got.model} ${axis}`)
        const row = published.find(({ model, axis: of }) => model === got.model && of === column)!
        near(got.p50, Number(row['p50']), 0.002, `${got.model} ${axis} as published`)
        assert.deepEqual([got.outcome, got.counts.runs], ['estimated', Number(row['n_runs'])])
      }
    }
  })

  test("Lyptus June 2025: the older penalty, the file's own weights", () => {
    const models = fits(lyptusJune(at), 'stated', profileOf(0.1, 'stated'))
    assert.equal(models.length, 9)
    for (const got of models) {
      const want = expected().lyptus_2025_june[got.model]!
      same(got.fit, want, got.model)
      near(got.p50, want.published_p50!, 0.002, `${got.model} as published`)
    }
  })

  test('METR: GPT-5.4 under both penalties', () => {
    const table = metrGpt54(at)
    const want = expected().metr_gpt_5_4
    same(fits(table, 'stated', METR_1_1)[0]!.fit, want['lambda_1e-05']!, 'metr-1.1')
    same(fits(table, 'stated', METR_1_0)[0]!.fit, want['lambda_0.1']!, 'metr-1.0')
    near(fits(table, 'stated', METR_1_1)[0]!.p50, 341.735276, 0.002, 'as published')
  })

  test('METR January 2025: weights, fits, and the edge cases among eleven agents', () => {
    const table = metrJanuary(at)
    const panel = panelOf(table, headline('stated'))
    for (const model of panel.models) {
      const own = weightsOf(panel, model, 'inverse-root')!
      const total = model.stated!.reduce((sum, weight) => sum + weight, 0)
      own.forEach((weight, i) => void near(model.stated![i]! / total, weight, 1e-6, model.model))
    }
    const models = fits(table, 'stated', METR_1_1)
    for (const got of models) {
      const want = expected().metr_jan2025[got.model]!
      if (got.model === 'davinci-002') {
        assert.deepEqual([got.outcome, got.p50, got.fit, got.assessable], ['below-scale', null, null, false])
        assert.ok(got.bound!.minutes > 0.5 && got.bound!.minutes < 10)
      } else same(got.fit, want, got.model)
    }
    const outcome = (name: string) => models.find(({ model }) => model === name)!
    assert.deepEqual([outcome('human').outcome, outcome('human').p50], ['beyond-longest', null])
    near(outcome('human').bound?.minutes, 652.672, 1e-12, 'five tasks from the end')
    assert.ok(outcome('gpt-3.5-turbo-instruct').notes.some(({ code }) => code === 'below-shortest'))
  })

  test('success rates of METR January 2025: clustered and naive standard errors, pass@1, pass@4', () => {
    const table = metrJanuary(at)
    for (const scores of scoresOf(table, 'F', 'drop')) {
      const want = expected().metr_jan2025[scores.model]!
      const runs = scores.tasks.flatMap(({ task, scores: list }) => list.map((value) => ({ value, cluster: task })))
      const clustered = clusteredMean(runs)!
      assert.equal(runs.length, want.n_runs)
      assert.ok(Math.abs(clustered.mean - want.run_mean) < 1e-12)
      if (want.run_mean === 0) assert.equal(clustered.se, null)
      else near(clustered.se, want.se_clustered_by_task, 1e-9, scores.model)
      const naive = clusteredMean(runs.map(({ value }, i) => ({ value, cluster: String(i) })))!
      if (want.run_mean > 0) near(naive.se, want.se_naive, 1e-9, scores.model)
      for (const k of [1, 4] as const) {
        const { tasks, any } = passRate(scores, k)
        assert.equal(tasks, want[`pass@${k}`].tasks)
        assert.ok(Math.abs(any! - want[`pass@${k}`].mean) < 1e-12)
      }
    }
  })

  test('the doubling time over the running maxima is 325.8 days', () => {
    const published = csvRecords(join(at, 'lyptus-2026/published_horizons.csv'))
    const releases = fits(lyptus2026(at), 'best', METR_1_1).map(({ model, p50 }) => {
      const date = published.find((row) => row['model'] === model)!['release_date']!
      return { model, day: Date.parse(date) / 86_400_000, p50: p50! }
    })
    const got = doublingTime(runningMaxima(releases))!
    assert.ok(Math.abs(got.days! - 325.8) < 0.05, String(got.days))
    assert.deepEqual([got.models.length, got.models.at(-1)], [8, 'GLM-5'])
  })
})

describe('published intervals', { skip }, () => {
  test('Lyptus 2026: ends within 0.25 on log2 (GPT-3.5 lower: 0.35, and marked), at 10,000 resamples', () => {
    const table = lyptus2026(at)
    const published = csvRecords(join(at, 'lyptus-2026/published_horizons.csv'))
    for (const [axis, column] of COLUMNS) {
      const ask = { resamples: 10_000, seed: 1, tasksOnly: false }
      for (const { model, interval, resamples, notes } of evaluateHorizons(table, headline(axis), METR_1_1, ask).models) {
        const row = published.find((one) => one['model'] === model && one['axis'] === column)!
        const gap = (minutes: number | null, name: string) => Math.abs(Math.log2(minutes! / Number(row[name])))
        const loose = model === 'GPT-3.5' && axis === 'best'
        assert.ok(gap(interval!.low.minutes, 'p50_ci_lo') <= (loose ? 0.35 : 0.25), `${model} ${axis} low`)
        assert.ok(gap(interval!.high.minutes, 'p50_ci_hi') <= 0.25, `${model} ${axis} high`)
        if (loose) assert.equal(interval!.low.reliable, false)
        assert.equal(resamples!.used + resamples!.skipped, 10_000)
        assert.equal(
          notes.some(({ code }) => code === 'skipped-resamples'),
          resamples!.skipped > 0,
        )
      }
    }
  })
})
