import { sayMinutes } from '../horizon/say-minutes.ts'
import type { End, Interval } from '../result.ts'

const DASH = '–'

/** Minutes in words, or a dash where there is no number. */
export function minutesOr(minutes: number | null): string {
  return minutes === null ? DASH : sayMinutes(minutes)
}

/** An interval in words; an open end says so, an end that the suite cannot bear is in brackets. */
export function sayInterval(interval: Interval | null): string {
  if (interval === null) return 'no interval'
  return `${sayEnd(interval.low, 'below the scale')} to ${sayEnd(interval.high, 'open')}`
}

/** A share as a percentage with one decimal. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? DASH : `${(100 * share).toFixed(1)} %`
}

/** Whole numbers with thin groups of three. */
export function whole(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ' ')
}

function sayEnd({ minutes, reliable }: End, open: string): string {
  if (minutes === null) return open
  return reliable ? sayMinutes(minutes) : `(${sayMinutes(minutes)})`
}
