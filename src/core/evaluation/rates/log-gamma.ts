// Stirling's series with the argument raised to 10 or more: relative error below 1e-14 there (DLMF 5.11.1).
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  let at = x
  let product = 1
  while (at < 10) {
    product *= at
    at++
  }
  let power = 1 / at
  let sum = 0
  for (const term of SERIES) {
    sum += term * power
    power /= at * at
  }
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + sum - Math.log(product)
}
