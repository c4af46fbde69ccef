/** A model's horizon and the day it was released, in days since any epoch. */
export interface Release {
  readonly model: string
  readonly day: number
  /** Minutes, above 0. */
  readonly p50: number
}

export interface Doubling {
  /** Days in which the horizon doubles; null where the line does not rise. */
  readonly days: number | null
  readonly rSquared: number | null
  /** The models on the line, by day. */
  readonly models: readonly string[]
}

/** A day within a hundred million of the epoch and a time between 2^±64 minutes; sums of such stay finite. */
function isUsable({ day, p50 }: Release): boolean {
  return Math.abs(day) <= 1e8 && p50 >= 2 ** -64 && p50 <= 2 ** 64
}

/** The releases that were longer than every earlier one, by day; of several on one day only the longest. */
export function runningMaxima(releases: readonly Release[]): readonly Release[] {
  const sorted = releases.filter(isUsable).sort((a, b) => a.day - b.day || b.p50 - a.p50)
  const maxima: Release[] = []
  for (const release of sorted) if (release.p50 > (maxima.at(-1)?.p50 ?? 0)) maxima.push(release)
  return maxima
}

/**
 * Least squares of ln p50 on the day, over the releases given (for a trend: `runningMaxima`). Context for a reader, never a forecast.
 * Null with fewer than three releases, or all on one day.
 */
export function doublingTime(all: readonly Release[]): Doubling | null {
  const releases = all.filter(isUsable)
  const n = releases.length
  if (n < 3) return null
  const meanX = releases.reduce((sum, { day }) => sum + day / n, 0)
  const meanY = releases.reduce((sum, { p50 }) => sum + Math.log(p50) / n, 0)
  let xx = 0
  let xy = 0
  let yy = 0
  for (const { day, p50 } of releases) {
    const x = day - meanX
    const y = Math.log(p50) - meanY
    xx += x * x
    xy += x * y
    yy += y * y
  }
  if (!(xx > 0)) return null
  const days = (Math.LN2 * xx) / xy
  return {
    days: days > 0 && Number.isFinite(days) ? days : null,
    rSquared: yy > 1e-30 ? (xy * xy) / (xx * yy) : null,
    models: releases.map(({ model }) => model),
  }
}
