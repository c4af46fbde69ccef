import { logGamma } from './log-gamma.ts'

const MOST_TERMS = 10_000

/** The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1], by its continued fraction (DLMF 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x > 0)) return 0
  if (!(x < 1)) return 1
  // The fraction converges fast on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
  return Math.min(1, front * fraction(x, a, b))
}

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const safe = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / safe(1 + even * d)
    c = safe(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / safe(1 + odd * d)
    c = safe(1 + odd / c)
    const factor = d * c
    h *= factor
    if (Math.abs(factor - 1) < 1e-15) break
  }
  return h
}

/** The x in [0, 1] with I_x(a, b) = p, by bisection on ln x to the last digits, from whichever end is nearer. */
export function inverseBeta(p: number, a: number, b: number): number {
  if (!(p > 0)) return 0
  if (!(p < 1)) return 1
  if (incompleteBeta(0.5, a, b) < p) return 1 - smallInverse(1 - p, b, a)
  return smallInverse(p, a, b)
}

/** The same where the answer is at most one half. */
function smallInverse(p: number, a: number, b: number): number {
  let low = -700
  let high = Math.log(0.5)
  for (let i = 0; i < 70; i++) {
    const middle = (low + high) / 2
    if (incompleteBeta(Math.exp(middle), a, b) < p) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}
