import type { HorizonOutcome, HorizonResult } from '../result.ts'
import type { Choice } from '../table/choice.ts'
import type { ModelFit } from './model-fit.ts'
import { sayMinutes } from './say-minutes.ts'
import { boundWhenAllSolved, boundWhenNoneSolved } from './scale-bound.ts'
import { separationOf } from './separation.ts'
import type { Support } from './support.ts'

export const LEAST_TASKS = 20
export const LEAST_FAMILIES = 3

/** What the fit and its slope's interval say, before any note. */
export interface Verdict {
  readonly outcome: HorizonOutcome
  readonly say: string
  readonly p50: number | null
  readonly p80: number | null
  readonly bound: HorizonResult['bound']
  readonly gap: HorizonResult['gap']
}

/** What an outcome is judged from, beside the fit. */
export interface Evidence {
  readonly choice: Choice
  /** log2 minutes of the model's tasks. */
  readonly times: readonly number[]
  readonly support: Support | null
  /** Slopes of the other models that have a horizon on the same suite. */
  readonly references: readonly number[]
  readonly slopeInterval: readonly [number, number] | null
}

/** Which row of the table of edge cases a model falls under; the first that applies, in the order written here. */
export function judgeHorizon({ model, sample, fit }: ModelFit, evidence: Evidence): Verdict {
  const { counts } = model
  const { support } = evidence
  if (counts.runs === 0 || support === null) return nothingToFit(counts.untimed > 0, evidence.choice)
  if (counts.successes === 0) return offScale('below-scale', evidence)
  if (fit === null) return offScale('above-scale', evidence)
  const gap = separationOf(sample)
  if (gap !== null) {
    const say = `Every solved task is at most ${sayMinutes(gap.longestSolved)} and every failed one at least ${sayMinutes(gap.shortestFailed)} long for a person: the two separate, and no slope can be given.`
    return { ...NO_NUMBER, outcome: 'separated', say, gap }
  }
  // A slope this small is rounding, not a fall.
  if (sample.x.length < 2) return noHorizon('All tasks have the same human time')
  if (fit.slope >= -1e-9) return noHorizon('Success does not fall with human time')
  if (counts.tasks < LEAST_TASKS || counts.families < LEAST_FAMILIES) return description(fit, support, counts)
  const { slopeInterval } = evidence
  if (slopeInterval !== null && slopeInterval[1] >= 0)
    return noHorizon(
      `The slope's interval, ${slopeInterval[0].toFixed(2)} to ${slopeInterval[1].toFixed(2)}, includes 0: a fall of success with human time is not shown`,
    )
  if (fit.p50 === null && fit.intercept < 0) return noHorizon('Success hardly falls with human time')
  if (fit.p50 === null || fit.p50 >= support.end) return beyond(support)
  return {
    ...NO_NUMBER,
    outcome: 'estimated',
    say: `Half of the tasks of ${sayMinutes(fit.p50)} are solved.`,
    p50: fit.p50,
    p80: fit.p80,
  }
}

const NO_NUMBER = { p50: null, p80: null, bound: null, gap: null } as const

function nothingToFit(untimed: boolean, { axis }: Choice): Verdict {
  return untimed
    ? { ...NO_NUMBER, outcome: 'no-human-times', say: `No task that was run has a human time on the axis "${axis}".` }
    : { ...NO_NUMBER, outcome: 'no-runs', say: 'There is no valid run.' }
}

function offScale(outcome: 'below-scale' | 'above-scale', { times, references }: Evidence): Verdict {
  const none = outcome === 'below-scale'
  const minutes = none ? boundWhenNoneSolved(times, references) : boundWhenAllSolved(times, references)
  const what = none ? 'Nothing was solved' : 'Everything was solved'
  if (minutes === null) {
    const say = `${what}: the horizon is ${none ? 'below' : 'above'} the scale. No other model on this suite gives a slope, so it cannot be bounded in minutes.`
    return { ...NO_NUMBER, outcome, say }
  }
  const side = none ? 'below' : 'above'
  const say = `${what}: the horizon is ${none ? 'below' : 'above'} the scale, ${none ? '<' : '>'} ${sayMinutes(minutes)} by the slopes of the other models on this suite.`
  return { ...NO_NUMBER, outcome, say, bound: { side, minutes } }
}

function noHorizon(why: string): Verdict {
  return { ...NO_NUMBER, outcome: 'no-horizon', say: `${why}: there is no horizon; see the table of success rates.` }
}

function beyond({ end }: Support): Verdict {
  const say = `The horizon is > ${sayMinutes(end)}: fewer than 5 tasks are longer, so the suite cannot say how far beyond.`
  return { ...NO_NUMBER, outcome: 'beyond-longest', say, bound: { side: 'above', minutes: end } }
}

function description(
  fit: NonNullable<ModelFit['fit']>,
  { longest }: Support,
  counts: { readonly tasks: number; readonly families: number },
): Verdict {
  const say = `${counts.tasks} ${counts.tasks === 1 ? 'task' : 'tasks'} of ${counts.families} ${counts.families === 1 ? 'family' : 'families'} only describe: under ${LEAST_TASKS} tasks or ${LEAST_FAMILIES} families there is no interval and no determination.`
  const verdict = { ...NO_NUMBER, outcome: 'description-only', say } as const
  if (fit.p50 !== null && fit.p50 <= longest) return { ...verdict, p50: fit.p50, p80: fit.p80 }
  return fit.p50 === null && fit.intercept < 0 ? verdict : { ...verdict, bound: { side: 'above', minutes: longest } }
}
