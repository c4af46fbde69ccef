import { gaussHermite } from './hermite.ts'
import { posteriorOf } from './posterior.ts'
import type { ModelResponses } from './responses.ts'

/** Ability of a model on a scale that stands: EAP and posterior SD, and how many of its answers were to items of the scale. */
export interface Ability {
  readonly theta: number
  readonly sd: number
  readonly answers: number
}

/** Puts a model on a scale (items and their difficulties) by the items they share; null where they share none. */
export function abilityOn(
  scaled: readonly string[],
  difficulty: Float64Array,
  items: readonly string[],
  responses: ModelResponses,
): Ability | null {
  const at = new Map(scaled.map((item, index) => [item, index]))
  const shared = Array.from(responses.item, (item, i) => ({ item: at.get(items[item] ?? ''), score: responses.score[i] ?? 0 }))
  const known = shared.filter((one): one is { item: number; score: number } => one.item !== undefined)
  if (known.length === 0) return null
  const own = {
    model: responses.model,
    item: Int32Array.from(known, ({ item }) => item),
    score: Float64Array.from(known, ({ score }) => score),
  }
  const { theta, sd } = posteriorOf(own, difficulty, gaussHermite(41))
  return { theta, sd, answers: known.length }
}
