import { isObject } from '../json/plain.ts'

/** A score as Inspect writes it, kept small: a scalar, or scalars by key or in a row. Null where there is none or it is too large. */
export type ScoreValue = Scalar | readonly Scalar[] | { readonly [key: string]: Scalar }
export type Scalar = string | number | boolean | null

/** An earlier value of a score, and who changed it. */
export interface ScoreEdit {
  readonly value: ScoreValue
  readonly author: string | null
  readonly reason: string | null
  readonly at: string | null
}

const LONGEST_TEXT = 200
const MOST_KEYS = 100

// Inspect's own reading of letters and words.
const LETTERS: ReadonlyMap<string, number> = new Map([
  ['C', 1],
  ['P', 0.5],
  ['I', 0],
  ['N', 0],
])
const WORDS: ReadonlyMap<string, number> = new Map([
  ['yes', 1],
  ['true', 1],
  ['no', 0],
  ['false', 0],
])
const NUMBER = /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:e[+-]?\d{1,3})?$/i

/** Takes of hostile plain data what a score may be. */
export function scoreValue(value: unknown): ScoreValue {
  if (Array.isArray(value)) return value.slice(0, MOST_KEYS).map(scalar)
  if (!isObject(value)) return scalar(value)
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_KEYS)
      .map(([key, one]) => [key, scalar(one)]),
  )
}

function scalar(value: unknown): Scalar {
  if (typeof value === 'string') return value.slice(0, LONGEST_TEXT)
  if (typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/**
 * The number that a score stands for: letters by Inspect's table, booleans, numbers, numeric strings; of a dictionary or list the
 * value at `key`, or its only one. Null where it stands for none: `NaN`, other words, several values and no key.
 */
export function scoreNumber(value: ScoreValue, key: string | null = null): number | null {
  if (typeof value !== 'object' || value === null) return key === null ? scalarNumber(value) : null
  const entries = Object.entries(value)
  if (key === null) return entries.length === 1 ? scalarNumber(entries[0]![1]) : null
  return Object.hasOwn(value, key) ? scalarNumber((value as Readonly<Record<string, Scalar>>)[key] ?? null) : null
}

function scalarNumber(value: Scalar): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null) return null
  const known = LETTERS.get(value) ?? WORDS.get(value.toLowerCase())
  if (known !== undefined) return known
  const text = value.trim()
  const number = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : null
}
