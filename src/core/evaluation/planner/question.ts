import type { Design } from './simulated.ts'

/** What somebody who plans a window asks. */
export interface Question {
  readonly families: number
  readonly tasksPerFamily: number
  readonly runs: number
  /** Where the model's horizon is guessed to lie, minutes. */
  readonly horizon: number
  /** Of the curve, per doubling of human time. −0.75 fits what was measured of many models. */
  readonly slope: number
  /** Human minutes of the shortest and the longest task; the others lie evenly between on the log scale. */
  readonly shortest: number
  readonly longest: number
  readonly taskSd: number
  readonly familySd: number
  /** Minutes; null: no criterion, no chance of an outcome. */
  readonly criterion: number | null
  readonly tokensPerRun: number
  /** Wall time of one run, minutes. */
  readonly minutesPerRun: number
  readonly atOnce: number
  /** US dollars a million tokens, in and out together; null: not known. */
  readonly dollarsPerMillion: number | null
}

export const USUAL_QUESTION: Question = {
  families: 20,
  tasksPerFamily: 14,
  runs: 1,
  horizon: 120,
  slope: -0.75,
  shortest: 0.5,
  longest: 2400,
  taskSd: 1.5,
  familySd: 1,
  criterion: null,
  tokensPerRun: 1_000_000,
  minutesPerRun: 20,
  atOnce: 4,
  dollarsPerMillion: null,
}

const MOST_TASKS = 3000

/** What cannot be answered, in words; null where it can. */
export function faultOf(question: Question): string | null {
  const whole = (value: number, most: number) => Number.isSafeInteger(value) && value >= 1 && value <= most
  if (!whole(question.families, 500) || !whole(question.tasksPerFamily, 500)) return 'Families and tasks are 1 to 500 each.'
  if (question.families * question.tasksPerFamily > MOST_TASKS) return `At most ${MOST_TASKS} tasks.`
  if (!whole(question.runs, 50)) return 'Runs of a task are 1 to 50.'
  if (!(question.shortest > 0 && question.longest > question.shortest && question.longest <= 1e7))
    return 'The longest task must be longer than the shortest, both above 0 minutes.'
  if (!(question.horizon > 0 && question.horizon <= 1e7)) return 'The horizon must be above 0 minutes.'
  if (!(question.slope < 0 && question.slope >= -10)) return 'The slope must be below 0.'
  if (!(question.taskSd >= 0 && question.taskSd <= 5 && question.familySd >= 0 && question.familySd <= 5))
    return 'Standard deviations are 0 to 5 logits.'
  if (question.criterion !== null && !(question.criterion > 0 && question.criterion <= 1e7))
    return 'The criterion must be above 0 minutes.'
  if (!(question.tokensPerRun >= 0 && question.minutesPerRun >= 0 && whole(question.atOnce, 1000)))
    return 'Tokens, minutes and runs at once must be numbers that are not negative.'
  return question.dollarsPerMillion !== null && !(question.dollarsPerMillion >= 0) ? 'The price must not be negative.' : null
}

/** The design that a question describes: every family spans the range of times, each shifted so that no two tasks coincide. */
export function designFor({ families, tasksPerFamily, runs, shortest, longest }: Question): Design {
  const from = Math.log2(shortest)
  const span = Math.log2(longest) - from
  const tasks = Array.from({ length: families * tasksPerFamily }, (_, i) => {
    const family = Math.floor(i / tasksPerFamily)
    const place = ((i % tasksPerFamily) + (family + 0.5) / families) / tasksPerFamily
    const x = from + span * place
    return { task: String(i), family, minutes: 2 ** x, x, firstSolve: false }
  })
  return { tasks, families, runs: tasks.map(() => runs) }
}
