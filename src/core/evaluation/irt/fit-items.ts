import { gaussHermite } from './hermite.ts'
import { logistic, type Posterior, posteriorOf } from './posterior.ts'
import type { Responses } from './responses.ts'

/** A scale: logit P = ability − difficulty, abilities N(0, 1) over the models that fixed it. */
export interface ItemScale {
  readonly items: readonly string[]
  readonly difficulty: Float64Array
  /** Standard error of each difficulty, from the expected curvature. */
  readonly se: Float64Array
  readonly abilities: readonly { readonly model: string; readonly theta: number; readonly sd: number }[]
  readonly rounds: number
  /** The last round moved no difficulty by more than 1e-5. */
  readonly converged: boolean
}

const NODES = 41
const PRIOR_VARIANCE = 9
const MOST_ROUNDS = 300
const TOLERANCE = 1e-5

/**
 * One-parameter logistic model by marginal maximum likelihood: EM over 41-point adaptive Gauss–Hermite quadrature, prior N(0, 3²) on
 * the difficulties (Bock and Aitkin 1981). Null with fewer than two models or without items. Cost: rounds × answers × 41.
 */
export function fitItems(responses: Responses): ItemScale | null {
  const { items, models } = responses
  if (models.length < 2 || items.length === 0) return null
  const quadrature = gaussHermite(NODES)
  const difficulty = new Float64Array(items.length)
  const curvature = new Float64Array(items.length)
  let rounds = 0
  let moved = Number.POSITIVE_INFINITY
  let posteriors: Posterior[] = []
  while (rounds < MOST_ROUNDS && moved > TOLERANCE) {
    rounds++
    posteriors = models.map((model) => posteriorOf(model, difficulty, quadrature))
    moved = improve(responses, posteriors, quadrature.nodes, difficulty, curvature)
  }
  posteriors = models.map((model) => posteriorOf(model, difficulty, quadrature))
  return {
    items,
    difficulty,
    se: curvature.map((one) => 1 / Math.sqrt(one)),
    abilities: models.map(({ model }, m) => ({ model, theta: posteriors[m]?.theta ?? 0, sd: posteriors[m]?.sd ?? 1 })),
    rounds,
    converged: moved <= TOLERANCE,
  }
}

/** One Newton step for every difficulty under the posteriors; answers the largest move. */
function improve(
  { models }: Responses,
  posteriors: readonly Posterior[],
  nodes: Float64Array,
  difficulty: Float64Array,
  curvature: Float64Array,
): number {
  const slope = difficulty.map((b) => -b / PRIOR_VARIANCE)
  curvature.fill(1 / PRIOR_VARIANCE)
  models.forEach(({ item, score }, m) => {
    const posterior = posteriors[m]
    if (!posterior) return
    for (let i = 0; i < item.length; i++) {
      const at = item[i] ?? 0
      const b = difficulty[at] ?? 0
      let expected = 0
      let information = 0
      for (let k = 0; k < nodes.length; k++) {
        const share = posterior.weights[k] ?? 0
        if (share < 1e-12) continue
        const p = logistic(posterior.mode + posterior.scale * (nodes[k] ?? 0) - b)
        expected += share * p
        information += share * p * (1 - p)
      }
      slope[at] = (slope[at] ?? 0) + expected - (score[i] ?? 0)
      curvature[at] = (curvature[at] ?? 0) + information
    }
  })
  let moved = 0
  for (let at = 0; at < difficulty.length; at++) {
    const move = Math.max(-1, Math.min(1, (slope[at] ?? 0) / (curvature[at] ?? 1)))
    difficulty[at] = (difficulty[at] ?? 0) + move
    moved = Math.max(moved, Math.abs(move))
  }
  return moved
}
