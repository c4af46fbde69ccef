// Which versions a VERS contains, as its specification walks the constraints. What cannot be decided is said, never guessed.
import type { VersionKey, VersionOrder } from '../version-order.ts'
import { versionOrder } from '../version-order.ts'
import type { Constraint, Vers } from './parts.ts'
import { sortConstraints } from './sort.ts'

export type Contained = 'yes' | 'no' | 'unknown'

interface Bound {
  readonly key: VersionKey
  readonly isLower: boolean
  readonly isIn: boolean
}

/** A VERS read once, to be asked of many versions. */
export interface VersRange {
  readonly vers: Vers
  /** What orders its versions; null: only equal texts are decided. */
  readonly order: VersionOrder | null
  readonly isAll: boolean
  /** Versions that are in as written (`=`, `<=`, `>=`), and those that are out (`!=`); null keys cannot be read. */
  readonly inside: readonly VersionKey[]
  readonly outside: readonly VersionKey[]
  /** Turn by turn lower and upper, oldest first. */
  readonly bounds: readonly Bound[]
  /** Some constraint's version cannot be read: what no other decides is unknown. */
  readonly isPartial: boolean
}

/** Prepares a VERS, sorted or not, for `rangeContains`. */
export function readRange(vers: Vers): VersRange {
  const order = versionOrder(vers.type)
  const constraints = sortConstraints(vers.type, vers.constraints)
  const isStar = constraints[0]?.comparator === '*'
  const inside: VersionKey[] = []
  const outside: VersionKey[] = []
  const bounds: Bound[] = []
  let isPartial = false
  for (const { comparator, version } of isStar ? [] : constraints) {
    const key = order?.key(version) ?? null
    if (key === null) {
      isPartial = true
      continue
    }
    if (comparator === '!=') outside.push(key)
    else if (comparator === '=') inside.push(key)
    else addBound(bounds, { key, isLower: comparator[0] === '>', isIn: comparator.length === 2 }, inside)
  }
  return { vers, order, isAll: isStar && vers.type !== 'none', inside, outside, bounds, isPartial }
}

// Of lower bounds in a row the first counts, of upper ones the last, as the specification drops what is redundant.
function addBound(bounds: Bound[], bound: Bound, inside: VersionKey[]): void {
  if (bound.isIn) inside.push(bound.key)
  const last = bounds.at(-1)
  if (last?.isLower === bound.isLower) {
    if (bound.isLower) return
    bounds.pop()
  }
  bounds.push(bound)
}

/** Whether a version is in a prepared VERS; `unknown` where its order, it, or the constraint that would decide cannot be read. */
export function rangeContains(range: VersRange, version: string): Contained {
  const { order, vers } = range
  if (range.isAll) return 'yes'
  if (vers.type === 'none') return 'no'
  const written = textSays(vers.constraints, version)
  if (written !== null) return written
  const key = order?.key(version) ?? null
  if (order === null || key === null) return 'unknown'
  return range.isPartial && !keyIsNamed(range, order, key) ? 'unknown' : keyContains(range, order, key)
}

function textSays(constraints: readonly Constraint[], version: string): Contained | null {
  let said: Contained | null = null
  for (const { comparator, version: named } of constraints) {
    if (named !== version) continue
    if (comparator === '!=') return 'no'
    if (comparator.endsWith('=')) said = 'yes'
  }
  return said
}

function keyIsNamed({ inside, outside }: VersRange, order: VersionOrder, key: VersionKey): boolean {
  return [...inside, ...outside].some((other) => order.compareKeys(other, key) === 0)
}

function keyContains({ vers, inside, outside, bounds }: VersRange, order: VersionOrder, key: VersionKey): Contained {
  const equals = (other: VersionKey): boolean => order.compareKeys(other, key) === 0
  if (outside.some(equals)) return 'no'
  if (inside.some(equals)) return 'yes'
  if (bounds.length === 0) return vers.constraints.every(({ comparator }) => comparator === '!=') ? 'yes' : 'no'
  // The first bound that is newer decides: below an upper one is in. Beyond them all, an open lower one at the end does.
  for (const bound of bounds) {
    const by = order.compareKeys(key, bound.key)
    if (by < 0) return bound.isLower ? 'no' : 'yes'
    if (by === 0) return 'no'
  }
  return bounds.at(-1)!.isLower ? 'yes' : 'no'
}

/** As `rangeContains`, of a VERS that is asked only once. */
export function versContains(vers: Vers, version: string): Contained {
  return rangeContains(readRange(vers), version)
}
