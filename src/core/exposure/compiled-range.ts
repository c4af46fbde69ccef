import type { VersionKey, VersionOrder } from '../kernel/version-order.ts'
import type { AffectedRange, RangeEvent } from './advisory-record.ts'

/** An event of a range, placed: from `at` on (or after it) the range is open or closed. */
export interface Boundary {
  readonly at: string
  readonly is: 'introduced' | 'fixed' | 'last-affected'
  /** `at` as the order reads it; null for the start of all versions. */
  readonly key: VersionKey | null
}

interface Limit {
  readonly at: string
  /** Null for `*`. */
  readonly key: VersionKey | null
}

/** A range of OSV events put in order once, so that a version is placed by a few comparisons. */
export interface CompiledRange {
  readonly boundaries: readonly Boundary[]
  readonly limits: readonly Limit[]
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
  const limits: Limit[] = []
  const boundaries: Boundary[] = []
  let unreadable = false
  for (const event of range.events) {
    const { at, is } = placeOf(event)
    const key = at === WITHOUT_SAYING[is] ? null : order.key(at)
    if (key === null && at !== WITHOUT_SAYING[is]) unreadable = true
    else if (is === 'limit') limits.push({ at, key })
    else boundaries.push({ at, is, key })
  }
  return { boundaries: boundaries.sort((a, b) => byPlace(a, b, order)), limits, unreadable }
}

/** Texts that stand for themselves and are no versions. */
const WITHOUT_SAYING = { introduced: FROM_THE_START, limit: '*', fixed: null, 'last-affected': null } as const

function placeOf(event: RangeEvent): { readonly at: string; readonly is: Boundary['is'] | 'limit' } {
  if ('introduced' in event) return { at: event.introduced, is: 'introduced' }
  if ('fixed' in event) return { at: event.fixed, is: 'fixed' }
  return 'limit' in event ? { at: event.limit, is: 'limit' } : { at: event.lastAffected, is: 'last-affected' }
}

function byPlace(a: Boundary, b: Boundary, order: VersionOrder): number {
  if (a.key === null || b.key === null) return Number(b.key === null) - Number(a.key === null)
  const by = order.compareKeys(a.key, b.key)
  return by !== 0 ? by : Number(a.is === 'last-affected') - Number(b.is === 'last-affected')
}

/** The number of boundaries that a readable version has passed; the last of them decides whether the range holds it. */
export function passed(range: CompiledRange, version: VersionKey, order: VersionOrder): number {
  let low = 0
  let high = range.boundaries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isPassed(range.boundaries[middle]!, version, order)) low = middle + 1
    else high = middle
  }
  return low
}

function isPassed({ key, is }: Boundary, version: VersionKey, order: VersionOrder): boolean {
  if (key === null) return true
  const by = order.compareKeys(version, key)
  return is === 'last-affected' ? by > 0 : by >= 0
}

/** Whether a readable version is below one of the limits, or there is none. */
export function beforeLimits(range: CompiledRange, version: VersionKey, order: VersionOrder): boolean {
  return range.limits.length === 0 || range.limits.some(({ key }) => key === null || order.compareKeys(version, key) < 0)
}
