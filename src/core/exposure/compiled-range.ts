import type { VersionOrder } from '../kernel/version-order.ts'
import type { AffectedRange, RangeEvent } from './advisory-record.ts'

/** An event of a range, placed: from `at` on (or after it) the range is open or closed. */
export interface Boundary {
  readonly at: string
  readonly is: 'introduced' | 'fixed' | 'last-affected'
}

/** A range of OSV events put in order once, so that a version is placed by a few comparisons. */
export interface CompiledRange {
  readonly boundaries: readonly Boundary[]
  readonly limits: readonly string[]
  /** An event that the order cannot read stood there: what the range does not hold is then not known. */
  readonly unreadable: boolean
}

/** OSV's sign for "before every version". */
export const FROM_THE_START = '0'

/**
 * Sorts a range's events as OSV's evaluation asks (https://ossf.github.io/osv-schema/#evaluation). Events at one version stay as
 * stated, but a last affected version comes after the others, for it closes only what is newer.
 */
export function compileRange(range: AffectedRange, order: VersionOrder): CompiledRange {
  const limits: string[] = []
  const boundaries: Boundary[] = []
  let unreadable = false
  for (const event of range.events) {
    if ('limit' in event) {
      if (event.limit === '*' || isReadable(event.limit, order)) limits.push(event.limit)
      else unreadable = true
      continue
    }
    const boundary = boundaryOf(event)
    if (isStart(boundary) || isReadable(boundary.at, order)) boundaries.push(boundary)
    else unreadable = true
  }
  return { boundaries: boundaries.sort((a, b) => byPlace(a, b, order)), limits, unreadable }
}

function boundaryOf(event: Exclude<RangeEvent, { limit: string }>): Boundary {
  if ('introduced' in event) return { at: event.introduced, is: 'introduced' }
  if ('fixed' in event) return { at: event.fixed, is: 'fixed' }
  return { at: event.lastAffected, is: 'last-affected' }
}

function isReadable(text: string, order: VersionOrder): boolean {
  return order.compare(text, text) !== null
}

function isStart(boundary: Boundary): boolean {
  return boundary.is === 'introduced' && boundary.at === FROM_THE_START
}

function byPlace(a: Boundary, b: Boundary, order: VersionOrder): number {
  if (isStart(a) || isStart(b)) return Number(isStart(b)) - Number(isStart(a))
  const by = order.compare(a.at, b.at) ?? 0
  return by !== 0 ? by : Number(a.is === 'last-affected') - Number(b.is === 'last-affected')
}

/** The number of boundaries that a readable version has passed; the last of them decides whether the range holds it. */
export function passed(range: CompiledRange, version: string, order: VersionOrder): number {
  let low = 0
  let high = range.boundaries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isPassed(range.boundaries[middle]!, version, order)) low = middle + 1
    else high = middle
  }
  return low
}

function isPassed(boundary: Boundary, version: string, order: VersionOrder): boolean {
  if (isStart(boundary)) return true
  const by = order.compare(version, boundary.at) ?? -1
  return boundary.is === 'last-affected' ? by > 0 : by >= 0
}

/** Whether a readable version is below one of the limits, or there is none. */
export function beforeLimits(range: CompiledRange, version: string, order: VersionOrder): boolean {
  return range.limits.length === 0 || range.limits.some((limit) => limit === '*' || order.compare(version, limit) === -1)
}
