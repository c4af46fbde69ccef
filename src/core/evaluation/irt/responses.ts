import type { ModelScores } from '../table/scores.ts'

/** Answers of models to items, sparse: per model the items it was given and its mean score at each. */
export interface Responses {
  readonly items: readonly string[]
  readonly models: readonly ModelResponses[]
}

export interface ModelResponses {
  readonly model: string
  /** Indices into the items. */
  readonly item: Int32Array
  /** In [0, 1]. Several attempts at an item count as one answer, for they are not independent of each other. */
  readonly score: Float64Array
}

/** Packs scores by model; items in code-unit order, models without answers left out. */
export function responsesOf(models: readonly ModelScores[]): Responses {
  const items = [...new Set(models.flatMap(({ tasks }) => tasks.map(({ task }) => task)))].sort()
  const at = new Map(items.map((item, index) => [item, index]))
  const packed = models
    .filter(({ tasks }) => tasks.length > 0)
    .map(({ model, tasks }) => ({
      model,
      item: Int32Array.from(tasks, ({ task }) => at.get(task) ?? 0),
      score: Float64Array.from(tasks, ({ scores }) => scores.reduce((sum, score) => sum + score, 0) / scores.length),
    }))
  return { items, models: packed }
}
