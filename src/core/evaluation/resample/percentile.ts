/** The p-th quantile (p in [0, 1]) of ascending numbers, by linear interpolation between neighbours; null where there is none or it is infinite. */
export function percentile(sorted: Float64Array, p: number): number | null {
  if (sorted.length === 0) return null
  const place = p * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? 0
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low
  const share = place - below
  // Infinity times 0 and infinities of both signs have no value in between.
  const value = share === 0 || low === high ? low : low + share * (high - low)
  return Number.isFinite(value) ? value : null
}
