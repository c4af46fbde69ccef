import type { ModelScores } from '../table/scores.ts'

/** 1 − C(n−c, k)/C(n, k): the chance that at least one of k attempts drawn from n, of which c succeeded, succeeds; null when n < k. */
export function passAt(n: number, c: number, k: number): number | null {
  if (!usable(n, c, k)) return null
  if (n - c < k) return 1
  let failing = 1
  for (let i = n - c + 1; i <= n; i++) failing *= 1 - k / i
  return 1 - failing
}

/** C(c, k)/C(n, k): the chance that all k attempts drawn from n succeed; null when n < k. */
export function passAll(n: number, c: number, k: number): number | null {
  if (!usable(n, c, k)) return null
  if (c < k) return 0
  let all = 1
  for (let j = 0; j < k; j++) all *= (c - j) / (n - j)
  return all
}

function usable(n: number, c: number, k: number): boolean {
  return Number.isInteger(n) && Number.isInteger(c) && Number.isInteger(k) && k >= 1 && n >= k && c >= 0 && c <= n
}

/** A mean over the tasks with at least k attempts. */
export interface PassRate {
  readonly k: number
  readonly tasks: number
  /** At least one of k; null, not 0 and not 1, where no task has k attempts. */
  readonly any: number | null
  /** All of k. */
  readonly all: number | null
}

/** pass@k and pass^k of a model; an attempt succeeds when its score is at least `threshold`. */
export function passRate({ tasks }: ModelScores, k: number, threshold = 1): PassRate {
  let any = 0
  let all = 0
  let counted = 0
  for (const { scores } of tasks) {
    const successes = scores.filter((score) => score >= threshold).length
    const one = passAt(scores.length, successes, k)
    const every = passAll(scores.length, successes, k)
    if (one === null || every === null) continue
    any += one
    all += every
    counted++
  }
  return counted === 0 ? { k, tasks: 0, any: null, all: null } : { k, tasks: counted, any: any / counted, all: all / counted }
}
