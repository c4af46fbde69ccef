/** The chance that a bounding horizon must still leave to what was seen. */
const CHANCE = 0.025
const MOST_SLOPES = 100

/**
 * For a model that solved nothing: the longest horizon, in minutes, at which nothing solved still has a chance of 0.025. `times` are
 * the log2 minutes of its tasks, each once, because attempts at one task are not independent; `slopes` are those of the reference
 * models on the same suite, each equally likely. Null without slopes or tasks.
 */
export function boundWhenNoneSolved(times: readonly number[], slopes: readonly number[]): number | null {
  const usable = thinned(slopes.filter((slope) => slope < 0))
  if (usable.length === 0 || times.length === 0) return null
  // The chance falls as the horizon rises.
  let low = -128
  let high = 128
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (chanceOfNone(times, usable, middle) >= CHANCE) low = middle
    else high = middle
  }
  return Math.abs(low) <= 64 ? 2 ** low : null
}

/** For a model that solved everything: the shortest horizon at which that still has a chance of 0.025; the mirror image. */
export function boundWhenAllSolved(times: readonly number[], slopes: readonly number[]): number | null {
  const mirrored = boundWhenNoneSolved(
    times.map((time) => -time),
    slopes,
  )
  return mirrored === null ? null : 1 / mirrored
}

/** At most a hundred slopes, evenly by rank: more references than that change nothing but the time it takes. */
function thinned(slopes: readonly number[]): readonly number[] {
  if (slopes.length <= MOST_SLOPES) return slopes
  const sorted = [...slopes].sort((a, b) => a - b)
  return Array.from({ length: MOST_SLOPES }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / MOST_SLOPES)] ?? 0)
}

function chanceOfNone(times: readonly number[], slopes: readonly number[], horizon: number): number {
  let sum = 0
  for (const slope of slopes) {
    let log = 0
    for (const time of times) {
      const z = slope * (time - horizon)
      log -= Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
    }
    sum += Math.exp(log)
  }
  return sum / slopes.length
}
