import type { Axis } from './run-row.ts'

// What an evaluation answers. Numbers are finite or null, never NaN or infinite; whatever is null has its reason beside it in words.

/**
 * What became of one model's horizon. `estimated`: a number with its interval. Every other code is an edge case of its own:
 * `below-scale`, `above-scale`: all scores 0, all 1; `no-horizon`: success does not fall with human time, or its slope cannot be
 * told from 0; `separated`: every solved task is shorter than every failed one; `beyond-longest`: the number lies where fewer than
 * five tasks are longer; `description-only`: fewer than 20 tasks or 3 families; `no-human-times`, `no-runs`: nothing to fit.
 */
export const HORIZON_OUTCOMES = [
  'estimated',
  'below-scale',
  'above-scale',
  'no-horizon',
  'separated',
  'beyond-longest',
  'description-only',
  'no-human-times',
  'no-runs',
] as const
export type HorizonOutcome = (typeof HORIZON_OUTCOMES)[number]

/** What a reader must know beside the outcome. */
export const NOTES = [
  'few-tasks',
  'few-families',
  'few-resamples',
  'below-shortest',
  'first-solve-times',
  'no-human-time',
  'censored-time',
  'broken-tasks',
  'missing-runs',
  'repeated-rows',
  'suspected-cheating',
  'confirmed-cheating',
  'skipped-resamples',
  'flat-resamples',
  'unreliable-end',
  'no-reference-slope',
  'unusable-weights',
] as const
export type NoteCode = (typeof NOTES)[number]

export interface Note {
  readonly code: NoteCode
  /** A sentence for a reader, with its figures. */
  readonly say: string
}

/** An end of an interval, in minutes. */
export interface End {
  /** Null when the resamples at this percentile have no falling curve: the end is open. */
  readonly minutes: number | null
  /**
   * False where the suite cannot bear the number, beyond its longest or below its shortest tasks, and where another seed might move
   * it by more than a factor of 2.
   */
  readonly reliable: boolean
}

export interface Interval {
  readonly low: End
  readonly high: End
  /** The share between the ends, 0.95. */
  readonly level: number
}

/** The fitted curve: P(success) = 1 / (1 + exp(-(slope · log2 minutes + intercept))). */
export interface Curve {
  readonly slope: number
  readonly intercept: number
}

/** The fit as computed, also where it may not be used as the answer (then it stands in the annex, marked unreliable). */
export interface FitRecord extends Curve {
  /** Minutes; null where the curve does not fall or the number is beyond 2^±64. */
  readonly p50: number | null
  readonly p80: number | null
  /** Weighted log loss per unit of weight, without the penalty. */
  readonly loss: number
  readonly steps: number
}

export interface Counts {
  readonly runs: number
  readonly tasks: number
  readonly families: number
  /** Sum of the scores. */
  readonly successes: number
  /** Attempts without a valid run. */
  readonly missing: number
  /** Rows that a later valid row of the same attempt replaced. */
  readonly repeated: number
  readonly suspected: number
  readonly confirmed: number
  /** Runs left out because their task has no time on this axis, and how many of them at tasks with a censored time. */
  readonly untimed: number
  readonly censored: number
  readonly broken: number
}

/** One model's time horizon. */
export interface HorizonResult {
  readonly model: string
  readonly outcome: HorizonOutcome
  /** The outcome in words, with its figures. */
  readonly say: string
  /** Minutes at which the curve is 0.5, 0.8; null unless the outcome lets a number stand. */
  readonly p50: number | null
  readonly p80: number | null
  /** Of p50, by families, then tasks, then attempts; null without resamples and where the outcome forbids one. */
  readonly interval: Interval | null
  readonly interval80: Interval | null
  /** The same with tasks drawn as one pool; only ever shown beside the other. */
  readonly tasksOnly: Interval | null
  /** 2.5 and 97.5 percentiles of the slope. */
  readonly slopeInterval: readonly [number, number] | null
  /** For outcomes that only bound p50: it is `above` or `below` so many minutes. */
  readonly bound: { readonly side: 'above' | 'below'; readonly minutes: number } | null
  /** Minutes, for `separated`. */
  readonly gap: { readonly longestSolved: number; readonly shortestFailed: number } | null
  readonly fit: FitRecord | null
  readonly counts: Counts
  /** Resamples used, and left out because the model had one class only. */
  readonly resamples: { readonly used: number; readonly skipped: number } | null
  readonly notes: readonly Note[]
  /** False where the data or an edge case forbid a determination. */
  readonly assessable: boolean
}

/** `F`: cheated runs score 0 (headline); `X`: dropped; `S`: kept as scored. */
export const TREATMENTS = ['F', 'X', 'S'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** What a missing attempt counts as: left out (headline), 0 or 1. */
export const MISSINGS = ['drop', 'zero', 'one'] as const
export type Missing = (typeof MISSINGS)[number]

/** `inverse-root`: 1 / (runs of the task · √ tasks of the family), summing to 1; `equal`: per task; `stated`: the file's own. */
export const WEIGHTINGS = ['inverse-root', 'equal', 'stated'] as const
export type Weighting = (typeof WEIGHTINGS)[number]

/** Everything that decides the numbers besides the rows; part of every result. */
export interface Method {
  readonly name: 'weir-horizon-1'
  /** `custom` where the penalty is neither profile's. */
  readonly profile: 'metr-1.1' | 'metr-1.0' | 'custom'
  readonly lambda: number
  readonly weights: Weighting
  readonly axis: Axis
  readonly treatment: Treatment
  readonly missing: Missing
  readonly resampling: {
    readonly resamples: number
    readonly seed: number
    readonly generator: 'xoshiro128**'
    readonly units: 'families, tasks, attempts'
    readonly level: number
    readonly percentiles: 'linear interpolation on log2 minutes'
  } | null
}

/** What `weir evaluate --json` prints of horizons. */
export interface HorizonReport {
  readonly method: Method
  readonly models: readonly HorizonResult[]
}
