import { budgetCurve } from '../budget/budget-curve.ts'
import { cutAt } from '../budget/budget-cut.ts'
import { ENOUGH_FAMILIES, type Evidence } from '../decision/evidence.ts'
import { byMissing, byTreatment } from '../horizon/evaluate.ts'
import { METR_1_0, METR_1_1, type Profile } from '../horizon/profile.ts'
import { horizonReport } from '../horizon/report.ts'
import { influentialTasks, withoutFamilies } from '../influence/leave-out.ts'
import { multiverseCells } from '../multiverse/cells.ts'
import { spreadOf } from '../multiverse/sides.ts'
import { simulateCoverage } from '../planner/coverage.ts'
import { designOf, USUAL_NOISE } from '../planner/simulated.ts'
import { studentT } from '../rates/student-t.ts'
import { rateSummaries } from '../rates/summary.ts'
import { bandOf } from '../resample/interval.ts'
import { resampleSlice } from '../resample/slice.ts'
import { MISSINGS, TREATMENTS } from '../result.ts'
import type { RunTable } from '../run-row.ts'
import { headline } from '../table/choice.ts'
import { type Panel, panelOf } from '../table/panel.ts'
import { axesOf } from '../table/task-book.ts'
import { isRun } from '../table/worth.ts'
import { abilityEvidence, abilityFigure } from './ability-figure.ts'
import { binsOf } from './bins.ts'
import { completionsOf } from './completions.ts'
import type { AnalysisInput } from './input.ts'
import { limitsOf } from './limits.ts'
import { deepRounded } from './rounded.ts'
import { rowSets } from './row-sets.ts'
import { rowsOf } from './rows.ts'
import { type AnalysisFigures, FIGURES_FORMAT } from './shape.ts'

export interface Computed {
  /** Without a decision: that is another step, which sees the criteria. */
  readonly figures: AnalysisFigures
  readonly evidence: Evidence
}

const MOST_TASKS_LISTED = 20
const BAND_POINTS = 41
const NO_MODEL = 'The measured model has no row.'

/**
 * Every figure of one measurement. Pure and seeded; throws RangeError where the measured model has no row at all. Costs a few
 * bootstraps: seconds at 10,000 resamples.
 */
export function computeFigures(input: AnalysisInput): Computed {
  const { model, settings } = input
  const { axis, treatment } = settings.method
  const profile: Profile = settings.method.profile === 'metr-1.0' ? METR_1_0 : METR_1_1
  const whole: RunTable = { runs: input.rows, tasks: input.tasks }
  const table = cutAt(whole, settings.method.budget)
  const rows = input.rows.filter((row) => row.model === model)
  if (rows.length === 0) throw new RangeError(NO_MODEL)
  const own: RunTable = { runs: table.runs.filter((row) => row.model === model), tasks: table.tasks }
  const choice = { ...headline(axis), treatment }
  const ask = { resamples: settings.resamples, seed: settings.seed, tasksOnly: true }
  const panel = panelOf(table, choice)
  const at = panel.models.findIndex((one) => one.model === model)
  const packed = panel.models[at]
  if (!packed) throw new RangeError(NO_MODEL)
  const families = resampleSlice(panel, profile, { seed: ask.seed, units: 'families' }, 0, ask.resamples)
  const tasksOnly = resampleSlice(panel, profile, { seed: ask.seed, units: 'tasks' }, 0, ask.resamples)
  const report = horizonReport(panel, profile, { seed: ask.seed, families, tasksOnly })
  const horizon = report.models[at]!
  const treatments = byTreatment(own, choice, profile, { ...ask, tasksOnly: false })
  const missing = byMissing(own, choice, profile, null)
  const cells = multiverseCells(whole, model, settings.multiverse)
  const ability = abilityFigure(table, model, treatment)
  const few = horizon.counts.families < ENOUGH_FAMILIES && horizon.outcome === 'estimated' && horizon.fit !== null
  const truth = few && horizon.fit !== null ? { ...horizon.fit, ...USUAL_NOISE } : null
  const coverage = truth === null ? null : simulateCoverage(designOf(panel, packed), truth, ask.seed)
  const summary = rateSummaries(table, treatment, 'drop', [1, 2, 5, 10]).find((one) => one.model === model)
  const all = rowsOf('all')
  const off = (kind: string, name: string) => rowsOf('all', `${kind}:${name}`)
  const slice = families.models[at]!
  const figures: AnalysisFigures = {
    format: FIGURES_FORMAT,
    model,
    suite: input.suite,
    elicitation: input.elicitation,
    method: report.method,
    sets: rowSets(input.rows, model),
    horizon: { ...horizon, rows: all },
    treatments: TREATMENTS.map((one) => ({
      treatment: one,
      result: one === treatment ? horizon : resultOf(treatments[one].models, model, horizon),
      rows: one === 'X' ? rowsOf('all', 'confirmed') : all,
    })),
    missing: MISSINGS.map((one) => {
      const result = resultOf(missing[one].models, model, horizon)
      return { missing: one, p50: result.p50, say: result.say, rows: one === 'drop' ? rowsOf('all', 'missing') : all }
    }),
    axes: axesOf(whole).map(({ axis: other, tasks }) => {
      const [result] = horizonReport(panelOf(own, { ...choice, axis: other }), profile, null).models
      return { axis: other, tasks, p50: result?.p50 ?? null, say: result?.say ?? NO_MODEL, rows: all }
    }),
    accuracy: summary?.accuracy ? { ...summary.accuracy, rows: all } : null,
    pass: (summary?.pass ?? []).map((one) => ({ ...one, rows: all })),
    families: (summary?.families ?? []).map((one) => ({ ...one, rows: rowsOf(`family:${one.family}`) })),
    influence: {
      families: withoutFamilies(panel, packed, profile).map((one) => ({ ...one, rows: off('family', one.name) })),
      tasks: influentialTasks(panel, packed, profile, MOST_TASKS_LISTED).map((one) => ({
        ...one,
        rows: off('task', one.name),
      })),
    },
    budget: { ...budgetCurve(rows, (freedom) => studentT(0.975, freedom)), rows: all },
    multiverse: { cells, spread: spreadOf(cells), rows: all },
    ability: ability && { ...ability, rows: all },
    coverage,
    curve: horizon.fit && { slope: horizon.fit.slope, intercept: horizon.fit.intercept },
    band: bandFigure(panel, packed.tasks, slice),
    bins: binsOf(panel, packed).map(({ names: _, ...bin }) => ({ ...bin, rows: all })),
    limits: limitsOf(input, rows),
    decision: null,
  }
  const runs = rows.filter(isRun).length
  const evidence: Evidence = {
    suite: input.suite,
    elicitation: input.elicitation,
    horizon,
    byTreatment: { F: figures.treatments[0]!.result, X: figures.treatments[1]!.result, S: figures.treatments[2]!.result },
    cells,
    ability: abilityEvidence(own, treatment, input.scale),
    completions: completionsOf(own),
    missingShare: 1 - runs / rows.length,
    coverage: coverage?.coverage ?? null,
  }
  return { figures: deepRounded(figures), evidence }
}

function resultOf<T extends { readonly model: string }>(models: readonly T[], model: string, otherwise: T): T {
  return models.find((one) => one.model === model) ?? otherwise
}

function bandFigure(panel: Panel, tasks: Int32Array, slice: Parameters<typeof bandOf>[0]): AnalysisFigures['band'] {
  const times = Array.from(tasks, (at) => panel.tasks[at]?.x ?? 0)
  if (times.length === 0) return []
  const low = times.reduce((least, x) => Math.min(least, x), 64)
  const high = times.reduce((most, x) => Math.max(most, x), -64)
  const minutes = Array.from({ length: BAND_POINTS }, (_, i) => 2 ** (low + ((high - low) * i) / (BAND_POINTS - 1)))
  const band = bandOf(slice, minutes)
  return band === null ? [] : minutes.map((at, i) => ({ minutes: at, low: band[i]!.low, high: band[i]!.high }))
}
