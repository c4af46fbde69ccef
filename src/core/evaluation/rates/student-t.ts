import { inverseBeta } from './beta.ts'

/** The t with P(T ≤ t) = p for Student's distribution; p in (0.5, 1), degrees of freedom ≥ 1. */
export function studentT(p: number, freedom: number): number {
  const x = inverseBeta(2 * (1 - p), freedom / 2, 0.5)
  // x = freedom / (freedom + t²); with many degrees x nears 1, and 1 − x is better had from the other end.
  const rest = x > 0.5 ? inverseBeta(2 * p - 1, 0.5, freedom / 2) : 1 - x
  return Math.sqrt((freedom * rest) / x)
}
