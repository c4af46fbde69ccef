/** How far a run set is. Milliseconds since it began, and the wall times of the attempts that ended. */
export interface Pace {
  readonly done: number
  readonly total: number
  readonly atOnce: number
  readonly endedMs: number
}

const ENOUGH = 3

/**
 * Milliseconds that are left, by the mean of what has ended spread over the boxes at once; null before three attempts have ended,
 * for one says nothing. Never below 0.
 */
export function timeLeft({ done, total, atOnce, endedMs }: Pace): number | null {
  if (done >= total) return 0
  if (done < ENOUGH) return null
  const left = total - done
  return Math.round((endedMs / done) * (left / Math.min(Math.max(1, atOnce), left)))
}
