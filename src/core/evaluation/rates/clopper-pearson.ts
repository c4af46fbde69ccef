import { inverseBeta } from './beta.ts'
import type { Range } from './range.ts'

/** The exact interval for a share of independent trials, k of n (Clopper and Pearson, 1934); [0, 1] without trials. */
export function clopperPearson(k: number, n: number, alpha = 0.05): Range {
  if (!(n >= 1) || !(k >= 0) || k > n) return { low: 0, high: 1 }
  return {
    low: k === 0 ? 0 : inverseBeta(alpha / 2, k, n - k + 1),
    high: k === n ? 1 : inverseBeta(1 - alpha / 2, k + 1, n - k),
  }
}

/** The upper bound of a share of which nothing was seen in n trials: 1 − (α/2)^(1/n); n need not be whole. */
export function upperWhenNone(n: number, alpha = 0.05): number {
  return n > 0 ? -Math.expm1(Math.log(alpha / 2) / n) : 1
}
