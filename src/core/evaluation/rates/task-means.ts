import type { ModelScores } from '../table/scores.ts'

/** The mean score of one task and the variance of its attempts. */
export interface TaskMean {
  readonly task: string
  readonly family: string
  readonly attempts: number
  readonly mean: number
  /** s² with n − 1; null with one attempt. */
  readonly variance: number | null
}

/** Per task the mean over attempts. */
export function taskMeans({ tasks }: ModelScores): readonly TaskMean[] {
  return tasks.map(({ task, family, scores }) => {
    const attempts = scores.length
    const mean = scores.reduce((sum, score) => sum + score, 0) / attempts
    const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0)
    return { task, family, attempts, mean, variance: attempts > 1 ? squares / (attempts - 1) : null }
  })
}
