import type { HorizonResult, Note } from '../result.ts'
import type { Panel } from '../table/panel.ts'
import type { ModelFit } from './model-fit.ts'
import { LEAST_FAMILIES, LEAST_TASKS } from './outcome.ts'
import { sayMinutes } from './say-minutes.ts'
import type { Support } from './support.ts'

/** Resamples that a published interval should rest on. */
const GOOD_RESAMPLES = 10_000

/** What a reader must know beside the outcome; each with its figures, none without its cause. */
export function notesOf(
  panel: Panel,
  { model, weighted }: ModelFit,
  support: Support | null,
  result: Pick<HorizonResult, 'outcome' | 'p50' | 'interval' | 'interval80' | 'bound' | 'resamples'>,
  flat: number,
): Note[] {
  const { counts } = model
  const notes: Note[] = []
  const note = (applies: boolean, code: Note['code'], say: string) => {
    if (applies) notes.push({ code, say })
  }
  note(counts.runs > 0 && counts.tasks < LEAST_TASKS, 'few-tasks', `${count(counts.tasks, 'task')}: fewer than ${LEAST_TASKS}.`)
  note(
    counts.runs > 0 && counts.families < LEAST_FAMILIES,
    'few-families',
    `${count(counts.families, 'family')}: fewer than ${LEAST_FAMILIES}.`,
  )
  if (result.p50 !== null && support !== null && result.p50 < support.shortest)
    note(true, 'below-shortest', `The p50 lies below the shortest task, ${sayMinutes(support.shortest)}: it is extrapolated.`)
  if (result.bound?.side === 'below' && result.bound.minutes > (support?.longest ?? 0))
    note(true, 'unreliable-end', 'The bound lies beyond the longest task.')
  note(
    (result.outcome === 'below-scale' || result.outcome === 'above-scale') && result.bound === null,
    'no-reference-slope',
    'No other model on this suite has a falling curve to bound this one by.',
  )
  dataNotes(panel, model, note)
  note(
    !weighted && counts.runs > 0,
    'unusable-weights',
    'Not every run states a usable weight: the inverse root was used instead.',
  )
  const { resamples, interval, interval80 } = result
  if (resamples === null) return notes
  const total = resamples.used + resamples.skipped
  note(
    resamples.skipped > 0,
    'skipped-resamples',
    `${share(resamples.skipped, total)} of the resamples had one class only and were left out.`,
  )
  note(
    flat > 0,
    'flat-resamples',
    `${share(flat, total)} of the resamples have no finite horizon; they count at the open ends.`,
  )
  note(total < GOOD_RESAMPLES, 'few-resamples', `${total} resamples; a published interval should rest on ${GOOD_RESAMPLES}.`)
  const unreliable = [interval, interval80].some((one) => one !== null && !(one.low.reliable && one.high.reliable))
  note(
    unreliable,
    'unreliable-end',
    'An end of an interval lies below the shortest task, or where fewer than 5 tasks are longer, or where the resamples leave a factor of 2 open.',
  )
  return notes
}

function dataNotes(
  panel: Panel,
  { tasks, counts }: ModelFit['model'],
  note: (applies: boolean, code: Note['code'], say: string) => void,
): void {
  const first = tasks.reduce((sum, at) => sum + (panel.tasks[at]?.firstSolve ? 1 : 0), 0)
  note(
    first > 0,
    'first-solve-times',
    `${count(first, 'task')} with a first-solve time: from competition teams, not comparable with one person's completion.`,
  )
  note(
    counts.untimed > 0,
    'no-human-time',
    `${count(counts.untimed, 'run')} left out: no human time on the axis "${panel.choice.axis}", and none was made up.`,
  )
  note(
    counts.censored > 0,
    'censored-time',
    `${count(counts.censored, 'run')} of them at tasks that nobody finished: their time is only known to be longer.`,
  )
  note(counts.broken > 0, 'broken-tasks', `${count(counts.broken, 'run')} at tasks marked broken left out.`)
  const { missing } = panel.choice
  const treated = missing === 'drop' ? 'left out' : `counted as ${missing === 'zero' ? 0 : 1}`
  note(counts.missing > 0, 'missing-runs', `${count(counts.missing, 'attempt')} without a valid run, ${treated}.`)
  note(counts.repeated > 0, 'repeated-rows', `${count(counts.repeated, 'row')} repeated an attempt; the last valid one counts.`)
  note(
    counts.suspected > 0,
    'suspected-cheating',
    `${count(counts.suspected, 'run')} suspected of cheating, counted as scored.`,
  )
  const treatment = { F: 'scored 0', X: 'left out', S: 'kept as scored' }[panel.choice.treatment]
  note(counts.confirmed > 0, 'confirmed-cheating', `${count(counts.confirmed, 'run')} of confirmed cheating, ${treatment}.`)
}

function count(n: number, noun: 'task' | 'run' | 'row' | 'attempt' | 'family'): string {
  return `${n} ${n === 1 ? noun : noun === 'family' ? 'families' : `${noun}s`}`
}

/** One decimal, and never 0 or 100 for what is not. */
function share(part: number, whole: number): string {
  const percent = (100 * part) / whole
  if (part < whole && percent > 99.9) return 'over 99.9 %'
  return percent < 0.1 ? 'under 0.1 %' : `${Number(percent.toFixed(1))} %`
}
