import type { FitRecord } from '../result.ts'
import type { Panel, PanelModel } from '../table/panel.ts'
import { fitCurve, log2Horizon } from './fit.ts'
import type { Profile } from './profile.ts'
import { type Sample, sampleOf } from './sample.ts'
import { weightsOf } from './weights.ts'

/** A model's sample and, where both classes are present, its curve. */
export interface ModelFit {
  readonly model: PanelModel
  readonly sample: Sample
  /** False where the file's own weights were asked for and could not be used; then the inverse root stood in. */
  readonly weighted: boolean
  readonly fit: FitRecord | null
}

/** Fits one model of a panel; the fit is null when there are no runs, or all scores are 0, or all are 1. */
export function fitModel(panel: Panel, model: PanelModel, profile: Profile): ModelFit {
  const wanted = weightsOf(panel, model, profile.weights)
  const weights = wanted ?? weightsOf(panel, model, 'inverse-root') ?? new Float64Array(model.scores.length)
  const sample = sampleOf(panel, model, weights)
  const { runs, successes } = model.counts
  const weighted = wanted !== null
  if (runs === 0 || successes === 0 || successes === runs) return { model, sample, weighted, fit: null }
  const { slope, intercept, objective, steps } = fitCurve(sample, profile.lambda)
  const total = sample.weight.reduce((sum, weight) => sum + weight, 0)
  return {
    model,
    sample,
    weighted,
    fit: {
      slope,
      intercept,
      p50: minutesAt(slope, intercept, 0.5),
      p80: minutesAt(slope, intercept, 0.8),
      loss: (objective - (profile.lambda / 2) * slope * slope) / total,
      steps,
    },
  }
}

/** Fits every model of a panel, in the panel's order. */
export function fitPanel(panel: Panel, profile: Profile): readonly ModelFit[] {
  return panel.models.map((model) => fitModel(panel, model, profile))
}

function minutesAt(slope: number, intercept: number, q: number): number | null {
  const log2 = log2Horizon({ slope, intercept }, q)
  return log2 === null ? null : 2 ** log2
}
