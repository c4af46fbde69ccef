import { InvalidArgumentError } from 'commander'
import { AXES, type Axis } from '../../core/evaluation/run-row.ts'

/** Words of `weir evaluate FILE…`. */
export interface EvaluateOptions {
  readonly tasks?: string
  readonly axis?: Axis
  readonly profile: 'metr-1.1' | 'metr-1.0'
  readonly weights: 'inverse-root' | 'equal' | 'stated'
  readonly resamples: number
  readonly seed: number
  readonly scorer?: string
  readonly scoreKey?: string
  readonly model?: string
  readonly svg?: string
  readonly bundle?: string
  readonly writeBundle?: string
  readonly coverage?: boolean
  readonly json?: boolean
}

export const DEFAULT_SEED = 1
export const DEFAULT_RESAMPLES = 10_000

export const readAxis = among(AXES, 'Axes')
export const readProfile = among(['metr-1.1', 'metr-1.0'] as const, 'Profiles')
export const readWeights = among(['inverse-root', 'equal', 'stated'] as const, 'Weights')
export const readSeed = wholeIn(0, Number.MAX_SAFE_INTEGER)

/** 0 leaves the interval out; fewer than 200 would print one that means nothing. */
export function readResamples(text: string): number {
  const value = wholeIn(0, 1_000_000)(text)
  if (value !== 0 && value < 200) throw new InvalidArgumentError('0, or 200 to 1,000,000.')
  return value
}

/** A whole number between two others, both in. */
export function wholeIn(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`A whole number, ${least} to ${most}.`)
  }
}

/** A number above 0. */
export function positive(text: string): number {
  const value = /^[\d.]{1,20}$/.test(text) ? Number(text) : Number.NaN
  if (value > 0 && value <= 1e9) return value
  throw new InvalidArgumentError('A number above 0.')
}

function among<const T extends string>(words: readonly T[], what: string): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`${what}: ${words.join(', ')}.`)
  }
}
