import type { Brand } from './brand.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number. Always UTC; zones belong to how a deadline was made and is shown. */
export type Instant = Brand<number, 'Instant'>

const MAX = 8_640_000_000_000_000

/** The instant that many milliseconds after the epoch; throws RangeError on fractions and on what no date can hold. */
export function instant(ms: number): Instant {
  if (!Number.isInteger(ms) || Math.abs(ms) > MAX) throw new RangeError(`not an instant: ${ms}`)
  return ms as Instant
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/

/** Reads an RFC 3339 timestamp (a zone is required); null when it is not one. Sub-millisecond digits are cut. */
export function parseInstant(text: string): Instant | null {
  const m = RFC3339.exec(text)
  if (!m) return null
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = m
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > daysInMonth) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  const ms = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}.${fraction.padEnd(3, '0').slice(0, 3)}${zone.toUpperCase()}`,
  )
  return Number.isNaN(ms) ? null : (ms as Instant)
}

/** `2026-11-21T17:00:00.000Z` */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString()
}

/** A due instant that can say which rule made it and in which zone that rule counts days. */
export interface Deadline {
  readonly at: Instant
  /** IANA zone whose calendar the rule counted in, for example `UTC` or `America/New_York`. */
  readonly zone: string
  /** Id and version of the rule as data, for example `bod-26-04/1.0.0#3`. */
  readonly rule: string
}

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
