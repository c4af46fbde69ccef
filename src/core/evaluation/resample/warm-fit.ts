import { fitCurve } from '../horizon/fit.ts'
import type { Curve } from '../result.ts'

const MOST_STEPS = 30
const TOLERANCE = 1e-17

/**
 * The same optimum as `fitCurve`, over the first `size` entries, from a start that is near it: plain Newton steps while each promises
 * less than the one before; where one does not, the damped method decides from (0, 0). Converged means the last step promised less
 * than 1e-17 of the weight. Writes into `into` so that ten thousand fits allocate nothing.
 */
export function warmFit(
  x: Float64Array,
  weight: Float64Array,
  solved: Float64Array,
  size: number,
  lambda: number,
  start: Curve,
  into: { slope: number; intercept: number },
): void {
  let a = start.slope
  let b = start.intercept
  let before = Number.POSITIVE_INFINITY
  for (let step = 0; step < MOST_STEPS; step++) {
    let ga = lambda * a
    let gb = 0
    let haa = lambda
    let hab = 0
    let hbb = 0
    let total = 0
    for (let i = 0; i < size; i++) {
      const at = x[i]!
      const w = weight[i]!
      const won = solved[i]!
      const odds = Math.exp(-(a * at + b))
      const s = 1 / (1 + odds)
      // Not 1 − s, which would lose the digits that decide on separated data.
      const t = odds < 1e300 ? odds * s : 1
      const residual = (w - won) * s - won * t
      const v = w * s * t
      const va = v * at
      total += w
      ga += residual * at
      gb += residual
      haa += va * at
      hab += va
      hbb += v
    }
    const det = haa * hbb - hab * hab
    const da = (hbb * ga - hab * gb) / det
    const db = (haa * gb - hab * ga) / det
    const promise = ga * da + gb * db
    if (!(det > 0 && promise >= 0 && promise < before)) break
    a -= da
    b -= db
    before = promise
    if (promise <= TOLERANCE * total) {
      into.slope = a
      into.intercept = b
      return
    }
  }
  const sample = { x: x.subarray(0, size), weight: weight.subarray(0, size), solved: solved.subarray(0, size) }
  const damped = fitCurve(sample, lambda)
  into.slope = damped.slope
  into.intercept = damped.intercept
}
