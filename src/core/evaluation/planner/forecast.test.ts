import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { madeMeasurement } from '../../../devkit/made-measurement.ts'
import { headline } from '../table/choice.ts'
import { panelOf } from '../table/panel.ts'
import { simulateCoverage } from './coverage.ts'
import { forecast } from './forecast.ts'
import { faultOf, USUAL_QUESTION } from './question.ts'
import { designOf } from './simulated.ts'

describe('the planner', () => {
  test('widths are near those measured in full simulations, and families buy more than repeats', () => {
    const width = (families: number, tasksPerFamily: number, runs: number) =>
      forecast({ ...USUAL_QUESTION, families, tasksPerFamily, runs }, 1).width!
    const known = [
      [7, 40, 1, 5.3],
      [7, 40, 5, 3.7],
      [20, 14, 1, 4.2],
      [40, 7, 1, 3.5],
      [40, 7, 3, 2.8],
    ] as const
    for (const [families, tasks, runs, full] of known) {
      const own = width(families, tasks, runs)
      assert.ok(Math.abs(Math.log(own / full)) < Math.log(1.25), `${families} x ${tasks} x ${runs}: ${own} against ${full}`)
    }
  })

  test('the largest question has an answer, and equal seeds give equal ones', () => {
    const question = { ...USUAL_QUESTION, families: 60, tasksPerFamily: 50, runs: 50, criterion: 60 }
    assert.equal(faultOf(question), null)
    const first = forecast(question, 3)
    assert.deepEqual(forecast(question, 3), first)
  })

  test('runs, tokens, cost and days are what was asked', () => {
    const question = { ...USUAL_QUESTION, families: 10, tasksPerFamily: 12, runs: 3, dollarsPerMillion: 2, minutesPerRun: 24 }
    const { runs, tokens, dollars, days, chance } = forecast(question, 1)
    assert.deepEqual([runs, tokens, dollars, days, chance], [360, 360e6, 720, (360 * 24) / 4 / 1440, null])
  })

  test('a criterion far below is met, far above not met, at the guess mostly undetermined', () => {
    const at = (criterion: number) => forecast({ ...USUAL_QUESTION, families: 40, tasksPerFamily: 7, criterion }, 5).chance!
    assert.ok(at(15).met > 0.95)
    assert.ok(at(960).notMet > 0.95)
    assert.ok(at(120).undetermined > 0.85)
  })

  test('questions without an answer say why', () => {
    const bad = [
      { families: 0 },
      { families: 500, tasksPerFamily: 500 },
      { runs: 1.5 },
      { shortest: 5, longest: 5 },
      { slope: 0 },
      { horizon: Number.NaN },
      { criterion: -1 },
      { dollarsPerMillion: Number.NaN },
    ]
    for (const change of bad) assert.equal(typeof faultOf({ ...USUAL_QUESTION, ...change }), 'string', JSON.stringify(change))
  })

  test('simulated coverage at a design of seven families is seeded and within what was measured', () => {
    const input = madeMeasurement({ families: 7, tasks: 12, runs: 1 })
    const panel = panelOf({ runs: input.rows, tasks: input.tasks }, headline('stated'))
    const design = designOf(panel, panel.models[0]!)
    const truth = { slope: -0.75, intercept: 0.75 * Math.log2(60), taskSd: 1.5, familySd: 1 }
    const one = simulateCoverage(design, truth, 4)
    assert.ok(one.coverage > 0.85 && one.coverage <= 1, String(one.coverage))
    assert.deepEqual(simulateCoverage(design, truth, 4), one)
  })
})
