/**
 * Whether two samples come from one distribution: Mann–Whitney rank sum with the normal approximation and midranks for ties.
 * `z` is positive when `a` tends to be larger; `p` is two-sided. Meant for samples of twenty and more.
 */
export function differs(a: readonly number[], b: readonly number[]): { z: number; p: number } {
  const all = [...a.map((value) => ({ value, mine: true })), ...b.map((value) => ({ value, mine: false }))].sort(
    (x, y) => x.value - y.value,
  )
  let ranks = 0
  let ties = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]!.value === all[from]!.value) to++
    const count = to - from
    ranks += ((from + 1 + to) / 2) * all.slice(from, to).filter((one) => one.mine).length
    ties += count ** 3 - count
    from = to
  }
  const [n, m, total] = [a.length, b.length, all.length]
  const u = ranks - (n * (n + 1)) / 2
  const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))))
  const z = spread === 0 ? 0 : (u - (n * m) / 2) / spread
  return { z, p: tail(Math.abs(z)) }
}

/** Two-sided tail of the normal distribution (Abramowitz and Stegun 26.2.17; error below 1e-7). */
function tail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return Math.min(1, 2 * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly)
}
