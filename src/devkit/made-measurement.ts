import type { AnalysisInput, NumberedRow } from '../core/evaluation/figures/input.ts'
import { samplePlan } from '../core/evaluation/plan/sample-plan.ts'
import { uniform } from '../core/evaluation/planner/noise.ts'
import { Generator } from '../core/evaluation/resample/generator.ts'
import type { TaskRow } from '../core/evaluation/run-row.ts'

export interface Made {
  readonly families?: number
  readonly tasks?: number
  readonly runs?: number
  /** Minutes. */
  readonly horizon?: number
  readonly slope?: number
  readonly seed?: number
  readonly resamples?: number
  readonly change?: (row: NumberedRow) => NumberedRow
}

/** An invented measurement of `model` at the sample plan’s suite: log minutes from 0.5 to 2,000, success by a known curve. */
export function madeMeasurement(made: Made = {}): AnalysisInput {
  const { families = 12, tasks = 7, runs = 2, horizon = 60, slope = -0.9, seed = 1, resamples = 400 } = made
  const random = new Generator()
  random.start(seed, 9, 0)
  const rows: NumberedRow[] = []
  const list: TaskRow[] = []
  for (let f = 0; f < families; f++) {
    for (let t = 0; t < tasks; t++) {
      const minutes = 0.5 * 4000 ** ((t + f / families) / tasks)
      const task = `family-${f}/t${t}`
      list.push({ task, family: `family-${f}`, minutes: { stated: minutes }, censoredAt: null, broken: null })
      for (let r = 0; r < runs; r++) {
        const chance = 1 / (1 + Math.exp(-slope * Math.log2(minutes / horizon)))
        const score = uniform(random) < chance ? 1 : 0
        const tokens = 1000 + random.below(400_000)
        const row: NumberedRow = {
          n: rows.length,
          model: 'model',
          task,
          family: `family-${f}`,
          attempt: String(r + 1),
          score,
          reason: 'scored',
          tokens,
          reached: score === 1 ? Math.floor(tokens / 2) : null,
          cheating: 'no',
          weight: null,
        }
        rows.push(made.change?.(row) ?? row)
      }
    }
  }
  const { method, multiverse, suite } = samplePlan('1')
  const settings = { resamples, seed: 7, method, multiverse }
  return {
    rows,
    tasks: list,
    model: 'model',
    suite,
    elicitation: ['plain'],
    settings,
    scale: null,
  }
}
