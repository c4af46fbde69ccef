import type { Missing, Treatment } from '../result.ts'
import type { RunTable } from '../run-row.ts'
import { type ModelScores, scoresOf } from '../table/scores.ts'
import { type Accuracy, accuracyOf } from './accuracy.ts'
import { designEffect } from './design-effect.ts'
import { type PassRate, passRate } from './pass-at.ts'
import { taskMeans } from './task-means.ts'

/** One model's success rates; `accuracy` is null where it has no counted run. */
export interface RateSummary {
  readonly model: string
  readonly accuracy: Accuracy | null
  /** For each asked k. */
  readonly pass: readonly PassRate[]
  readonly families: readonly { readonly family: string; readonly tasks: number; readonly value: number }[]
}

/** Every model's success rates, whether human times are known or not; for off-scale models the others are the reference. */
export function rateSummaries(
  table: RunTable,
  treatment: Treatment,
  missing: Missing,
  ks: readonly number[],
): readonly RateSummary[] {
  const models = scoresOf(table, treatment, missing).map((scores) => ({ scores, means: taskMeans(scores) }))
  const effect = designEffect(models.map(({ means }) => means))
  return models.map(({ scores, means }) => ({
    model: scores.model,
    accuracy: accuracyOf(means, effect),
    pass: ks.map((k) => passRate(scores, k)),
    families: byFamily(scores),
  }))
}

function byFamily(scores: ModelScores): RateSummary['families'] {
  const families = new Map<string, number[]>()
  for (const { family, mean } of taskMeans(scores)) {
    const means = families.get(family)
    if (means) means.push(mean)
    else families.set(family, [mean])
  }
  return [...families]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([family, means]) => ({
      family,
      tasks: means.length,
      value: means.reduce((sum, mean) => sum + mean, 0) / means.length,
    }))
}
