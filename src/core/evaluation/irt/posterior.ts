import type { Quadrature } from './hermite.ts'
import type { ModelResponses } from './responses.ts'

/** What the answers say of a model's ability, under a prior N(0, 1). */
export interface Posterior {
  readonly mode: number
  /** Of the normal law that fits at the mode; the nodes are spread by it. */
  readonly scale: number
  /** Mean (EAP) and standard deviation. */
  readonly theta: number
  readonly sd: number
  /** Weight of each node, mode + scale · z; they sum to 1. */
  readonly weights: Float64Array
}

const MOST_STEPS = 60

/** Adaptive Gauss–Hermite: the nodes stand about the mode, so that 41 of them are enough for 10 items and for 1,000. */
export function posteriorOf(
  { item, score }: ModelResponses,
  difficulty: Float64Array,
  { nodes, weights }: Quadrature,
): Posterior {
  const { mode, scale } = modeOf(item, score, difficulty)
  const logs = nodes.map((z) => {
    const theta = mode + scale * z
    let sum = (z * z - theta * theta) / 2
    for (let i = 0; i < item.length; i++) sum += logLikelihood(theta - (difficulty[item[i] ?? 0] ?? 0), score[i] ?? 0)
    return sum
  })
  const top = logs.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
  const posterior = logs.map((log, k) => (weights[k] ?? 0) * Math.exp(log - top))
  const total = posterior.reduce((sum, one) => sum + one, 0)
  const share = posterior.map((one) => one / total)
  const theta = share.reduce((sum, one, k) => sum + one * (mode + scale * (nodes[k] ?? 0)), 0)
  const variance = share.reduce((sum, one, k) => sum + one * (mode + scale * (nodes[k] ?? 0) - theta) ** 2, 0)
  return { mode, scale, theta, sd: Math.sqrt(variance), weights: share }
}

/** The logistic function, stable at both ends. */
export function logistic(z: number): number {
  const tail = Math.exp(z > 0 ? -z : z)
  return z > 0 ? 1 / (1 + tail) : tail / (1 + tail)
}

/** y ln P + (1 − y) ln (1 − P) at logit z. */
export function logLikelihood(z: number, y: number): number {
  return y * z - Math.max(z, 0) - Math.log1p(Math.exp(z > 0 ? -z : z))
}

function modeOf(item: Int32Array, score: Float64Array, difficulty: Float64Array): { mode: number; scale: number } {
  let theta = 0
  let curvature = 1
  for (let step = 0; step < MOST_STEPS; step++) {
    let slope = -theta
    curvature = 1
    for (let i = 0; i < item.length; i++) {
      const p = logistic(theta - (difficulty[item[i] ?? 0] ?? 0))
      slope += (score[i] ?? 0) - p
      curvature += p * (1 - p)
    }
    // The objective is strictly concave; steps of at most 2 logits keep Newton's method from leaping over the top.
    const move = Math.max(-2, Math.min(2, slope / curvature))
    theta += move
    if (Math.abs(move) < 1e-10) break
  }
  return { mode: theta, scale: 1 / Math.sqrt(curvature) }
}
