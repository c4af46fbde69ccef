import type { Curve } from '../result.ts'
import type { Sample } from './sample.ts'

/** The optimum of a weighted logistic fit. */
export interface Fit extends Curve {
  /** Σ w · log loss + λ/2 · slope². */
  readonly objective: number
  readonly steps: number
  /** The last Newton step promised less than 1e-12 of the objective, and a further one could not promise less. */
  readonly converged: boolean
}

const MOST_STEPS = 200
const MOST_HALVINGS = 60
const TOLERANCE = 1e-12
/** A rise of the objective within this share is rounding, not a rise. */
const ROUNDING = 1e-14

/**
 * Minimises Σ w (−y ln s − (1−y) ln(1−s)) + λ/2 · slope², s = 1 / (1 + exp(−(slope · x + intercept))), by Newton's method from (0, 0),
 * each step halved until the objective does not rise. λ > 0 and both classes present make the optimum unique and finite.
 */
export function fitCurve(sample: Sample, lambda: number): Fit {
  let slope = 0
  let intercept = 0
  let objective = objectiveAt(sample, lambda, slope, intercept)
  let promise = Number.POSITIVE_INFINITY
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const step = newtonStep(sample, lambda, slope, intercept)
    if (step === null) return { slope, intercept, objective, steps, converged: false }
    // Below the tolerance Newton goes on while rounding lets it: on a flat surface a small promise may still be a long way.
    const small = step.promise <= TOLERANCE * (Math.abs(objective) + TOLERANCE)
    if (small && step.promise >= promise / 4) return { slope, intercept, objective, steps, converged: true }
    promise = step.promise
    let size = 1
    let next = objective
    let halvings = 0
    for (; halvings <= MOST_HALVINGS; halvings++, size /= 2) {
      next = objectiveAt(sample, lambda, slope - size * step.slope, intercept - size * step.intercept)
      if (next <= objective * (1 + ROUNDING)) break
    }
    if (halvings > MOST_HALVINGS) return { slope, intercept, objective, steps, converged: small }
    slope -= size * step.slope
    intercept -= size * step.intercept
    objective = next
  }
  return { slope, intercept, objective, steps: MOST_STEPS, converged: false }
}

/** Σ w · log loss + λ/2 · slope²; stable for curves however steep. */
function objectiveAt({ x, weight, solved }: Sample, lambda: number, slope: number, intercept: number): number {
  let sum = (lambda / 2) * slope * slope
  for (let i = 0; i < x.length; i++) {
    const z = slope * (x[i] ?? 0) + intercept
    const shared = Math.log1p(Math.exp(z > 0 ? -z : z))
    const won = solved[i] ?? 0
    sum += won * (shared + Math.max(-z, 0)) + ((weight[i] ?? 0) - won) * (shared + Math.max(z, 0))
  }
  return sum
}

/** Inverse Hessian times gradient, and the fall of the objective that it promises; null where no finite step exists. */
function newtonStep(sample: Sample, lambda: number, slope: number, intercept: number) {
  const { x, weight, solved } = sample
  let ga = lambda * slope
  let gb = 0
  let haa = lambda
  let hab = 0
  let hbb = 0
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? 0
    const w = weight[i] ?? 0
    const z = slope * at + intercept
    const tail = Math.exp(z > 0 ? -z : z)
    const larger = 1 / (1 + tail)
    const smaller = tail / (1 + tail)
    const won = solved[i] ?? 0
    // Success and failure apart: their difference would lose the digits that decide on separated data.
    const residual = z > 0 ? (w - won) * larger - won * smaller : (w - won) * smaller - won * larger
    const v = w * larger * smaller
    ga += residual * at
    gb += residual
    haa += v * at * at
    hab += v * at
    hbb += v
  }
  // Far out on a flat tail the curvature underflows; a pinch of it keeps the step finite and halving keeps it safe.
  const b = hbb + 1e-300
  const schur = haa - (hab * hab) / b
  const stepSlope = (ga - (hab / b) * gb) / (schur > 0 ? schur : lambda)
  const stepIntercept = (gb - hab * stepSlope) / b
  const promise = ga * stepSlope + gb * stepIntercept
  return Number.isFinite(stepSlope) && Number.isFinite(stepIntercept) && promise >= 0
    ? { slope: stepSlope, intercept: stepIntercept, promise }
    : null
}

/** log2 of the minutes at which the curve is q; null where it does not fall or the answer lies beyond 2^±64 minutes. */
export function log2Horizon({ slope, intercept }: Curve, q: number): number | null {
  if (!(slope < 0)) return null
  const log2 = (Math.log(q / (1 - q)) - intercept) / slope
  return log2 >= -64 && log2 <= 64 ? log2 : null
}
