/** Nodes and weights that integrate against a standard normal density; the weights sum to 1. */
export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/** Gauss–Hermite quadrature of n points for N(0, 1), n from 1 to 64, by Newton's method on the normalised Hermite polynomials. */
export function gaussHermite(n: number): Quadrature {
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  const half = (n + 1) >> 1
  let z = 0
  for (let i = 0; i < half; i++) {
    if (i === 0) z = Math.sqrt(2 * n + 1) - 1.85575 * (2 * n + 1) ** -0.16667
    else if (i === 1) z -= (1.14 * n ** 0.426) / z
    else if (i === 2) z = 1.86 * z - 0.86 * (nodes[0] ?? 0)
    else if (i === 3) z = 1.91 * z - 0.91 * (nodes[1] ?? 0)
    else z = 2 * z - (nodes[i - 2] ?? 0)
    let slope = 1
    for (let step = 0; step < 100; step++) {
      let p1 = Math.PI ** -0.25
      let p2 = 0
      for (let j = 0; j < n; j++) {
        const p3 = p2
        p2 = p1
        p1 = z * Math.sqrt(2 / (j + 1)) * p2 - Math.sqrt(j / (j + 1)) * p3
      }
      slope = Math.sqrt(2 * n) * p2
      const next = z - p1 / slope
      const done = Math.abs(next - z) <= 1e-14 * Math.max(1, Math.abs(next))
      z = next
      if (done) break
    }
    nodes[i] = z
    nodes[n - 1 - i] = -z
    weights[i] = 2 / (slope * slope)
    weights[n - 1 - i] = weights[i] ?? 0
  }
  const root = Math.sqrt(Math.PI)
  return { nodes: nodes.map((node) => node * Math.SQRT2), weights: weights.map((weight) => weight / root) }
}
