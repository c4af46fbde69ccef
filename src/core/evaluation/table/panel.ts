import type { Counts } from '../result.ts'
import type { RunRow, RunTable } from '../run-row.ts'
import { lastAttempts, type ModelAttempts } from './attempts.ts'
import type { Choice } from './choice.ts'
import { type TaskBook, taskBook } from './task-book.ts'
import { worthOf } from './worth.ts'

// A table read once for one choice of axis and treatments, packed so that thousands of resamples need no row objects.

export interface PanelTask {
  readonly task: string
  /** Index into the panel's families. */
  readonly family: number
  readonly minutes: number
  /** log2 of the minutes. */
  readonly x: number
  /** The time is a competition's first solve, by the axis or because it is the only kind that equals it. */
  readonly firstSolve: boolean
}

export interface PanelModel {
  readonly model: string
  /** Indices into the panel's tasks, ascending. */
  readonly tasks: Int32Array
  /** Scores of task i: `scores[starts[i]]` up to, without, `scores[starts[i + 1]]`. */
  readonly starts: Int32Array
  readonly scores: Float64Array
  /** Per score the file's own weight; null unless every one is positive and finite. */
  readonly stated: Float64Array | null
  readonly counts: Counts
}

export interface Panel {
  readonly choice: Choice
  readonly families: readonly string[]
  /** By family, then task, in code-unit order; only tasks that some model has run. */
  readonly tasks: readonly PanelTask[]
  readonly models: readonly PanelModel[]
}

/** Packs the runs at tasks that have a time on the chosen axis and are not broken; pure, in time near linear in the rows. */
export function panelOf(table: RunTable, choice: Choice): Panel {
  const book = taskBook(table)
  const kept = lastAttempts(table.runs).map((attempts) => sift(attempts, book, choice))
  const names = [...new Set(kept.flatMap(({ runs }) => runs.map(({ row }) => row.task)))]
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  names.sort((a, b) => order(book.family(a), book.family(b)) || order(a, b))
  const families = [...new Set(names.map((task) => book.family(task)))]
  const familyAt = new Map(families.map((family, at) => [family, at]))
  const tasks = names.map((task): PanelTask => {
    const minutes = book.minutes(task, choice.axis) ?? 1
    return {
      task,
      family: familyAt.get(book.family(task)) ?? 0,
      minutes,
      x: Math.log2(minutes),
      firstSolve: isFirstSolve(task, book, choice),
    }
  })
  const taskAt = new Map(names.map((task, at) => [task, at]))
  return { choice, families, tasks, models: kept.map((one) => pack(one, taskAt, tasks)) }
}

interface Kept {
  readonly model: string
  readonly runs: { readonly row: RunRow; readonly score: number }[]
  readonly counts: Omit<Counts, 'runs' | 'tasks' | 'families' | 'successes'>
}

function sift({ model, rows, repeated }: ModelAttempts, book: TaskBook, choice: Choice): Kept {
  const runs: { row: RunRow; score: number }[] = []
  const counts = { missing: 0, repeated, suspected: 0, confirmed: 0, untimed: 0, censored: 0, broken: 0 }
  for (const row of rows) {
    const task = book.row(row.task)
    if (task !== null && task.broken !== null) {
      counts.broken++
      continue
    }
    if (book.minutes(row.task, choice.axis) === null) {
      counts.untimed++
      if (task !== null && task.censoredAt !== null) counts.censored++
      continue
    }
    if (worthOf(row, choice.treatment, 'drop') === 'missing') counts.missing++
    if (row.cheating === 'suspected') counts.suspected++
    if (row.cheating === 'confirmed') counts.confirmed++
    const worth = worthOf(row, choice.treatment, choice.missing)
    if (typeof worth === 'number') runs.push({ row, score: worth })
  }
  return { model, runs, counts }
}

function pack({ model, runs, counts }: Kept, taskAt: ReadonlyMap<string, number>, tasks: readonly PanelTask[]): PanelModel {
  const placed = runs.map(({ row, score }) => ({ at: taskAt.get(row.task) ?? 0, score, weight: row.weight }))
  placed.sort((a, b) => a.at - b.at)
  const own = [...new Set(placed.map(({ at }) => at))]
  const starts = new Int32Array(own.length + 1)
  let slot = -1
  placed.forEach(({ at }, i) => {
    if (i === 0 || placed[i - 1]?.at !== at) slot++
    starts[slot + 1] = i + 1
  })
  const weights = placed.map(({ weight }) => weight)
  const sound = weights.every((weight) => weight !== null && weight >= 1e-12 && weight <= 1e12)
  return {
    model,
    tasks: Int32Array.from(own),
    starts,
    scores: Float64Array.from(placed, ({ score }) => score),
    stated: sound ? Float64Array.from(weights, (weight) => weight ?? 0) : null,
    counts: {
      ...counts,
      runs: placed.length,
      tasks: own.length,
      families: new Set(own.map((at) => tasks[at]?.family)).size,
      successes: placed.reduce((sum, { score }) => sum + score, 0),
    },
  }
}

function isFirstSolve(task: string, book: TaskBook, { axis }: Choice): boolean {
  if (axis === 'first-solve') return true
  if (axis !== 'best') return false
  const best = book.minutes(task, 'best')
  const same = (other: 'first-solve' | 'completion' | 'expert-estimate') => book.minutes(task, other) === best
  return same('first-solve') && !same('completion') && !same('expert-estimate')
}
