/** Below so many longer tasks, a horizon is not borne by the suite (METR draws its line at 16 h, where 5 of 228 tasks are longer). */
export const LONGER_TASKS = 5

/** Where a model's tasks bear a number, in minutes. */
export interface Support {
  /** From here on fewer than five tasks are longer; the longest task where there are fewer than five. */
  readonly end: number
  readonly shortest: number
  readonly longest: number
}

/** Reads the support off the log2 minutes of a model's tasks; null without tasks. */
export function supportOf(times: readonly number[]): Support | null {
  const minutes = times.map((time) => 2 ** time).sort((a, b) => a - b)
  const shortest = minutes[0]
  const longest = minutes.at(-1)
  if (shortest === undefined || longest === undefined) return null
  return { end: minutes.at(-LONGER_TASKS) ?? longest, shortest, longest }
}

/** Whether at least five tasks are longer than so many minutes and at least one is not. */
export function bears({ end, shortest }: Support, minutes: number): boolean {
  return minutes < end && minutes >= shortest
}
