import type { Curve } from '../result.ts'
import type { Sample } from './sample.ts'

/** The optimum of a weighted logistic fit. */
export interface Fit extends Curve {
  /** Σ w · log loss + λ/2 · slope². */
  readonly objective: number
  readonly steps: number
  /** The last Newton step promised less than 1e-12 of the objective. */
  readonly converged: boolean
}

const MOST_STEPS = 200
const MOST_HALVINGS = 60
const TOLERANCE = 1e-12

/**
 * Minimises Σ w (−y ln s − (1−y) ln(1−s)) + λ/2 · slope², s = 1 / (1 + exp(−(slope · x + intercept))), by Newton's method from (0, 0),
 * each step halved until the objective does not rise. λ > 0 and both classes present make the optimum unique and finite.
 */
export function fitCurve(sample: Sample, lambda: number): Fit {
  let slope = 0
  let intercept = 0
  let objective = objectiveAt(sample, lambda, slope, intercept)
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const step = newtonStep(sample, lambda, slope, intercept)
    if (step === null) return { slope, intercept, objective, steps, converged: false }
    let size = 1
    let next = objective
    let halvings = 0
    for (; halvings <= MOST_HALVINGS; halvings++, size /= 2) {
      next = objectiveAt(sample, lambda, slope - size * step.slope, intercept - size * step.intercept)
      if (next <= objective) break
    }
    const done = step.promise <= TOLERANCE * (Math.abs(objective) + TOLERANCE)
    // Where rounding hides the gain, the step itself still leads closer to the root of the gradient.
    if (halvings > MOST_HALVINGS) return { slope, intercept, objective, steps, converged: done }
    slope -= size * step.slope
    intercept -= size * step.intercept
    objective = next
    if (done) return { slope, intercept, objective, steps, converged: true }
  }
  return { slope, intercept, objective, steps: MOST_STEPS, converged: false }
}

/** Σ w · log loss + λ/2 · slope²; stable for curves however steep. */
function objectiveAt({ x, weight, solved }: Sample, lambda: number, slope: number, intercept: number): number {
  let sum = (lambda / 2) * slope * slope
  for (let i = 0; i < x.length; i++) {
    const z = slope * (x[i] ?? 0) + intercept
    const soft = Math.max(z, 0) + Math.log1p(Math.exp(z > 0 ? -z : z))
    sum += (weight[i] ?? 0) * soft - (solved[i] ?? 0) * z
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
    const s = z > 0 ? 1 / (1 + tail) : tail / (1 + tail)
    const residual = w * s - (solved[i] ?? 0)
    const v = (w * tail) / ((1 + tail) * (1 + tail))
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
