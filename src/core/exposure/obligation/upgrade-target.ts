import type { VersionOrder } from '../../kernel/version-order.ts'
import type { Owed } from './action.ts'

/** Whether a flaw still holds in a version, where the caller can say: `yes` affected, `no` ended. */
export type StillHolds = (flaw: string, version: string) => 'yes' | 'no' | 'unknown'

/** What a version of a component is upgraded to, and which of its flaws that ends. */
export interface Target {
  readonly to: string
  readonly ends: readonly Owed[]
}

// More stated fixes than this for one version are judged by their newest only.
const MOST_CANDIDATES = 32

/**
 * The smallest version that ends the most of the flaws, taken from the versions that the matches name as fixes. Without an order of
 * versions the fix that most matches name is taken. A flaw counts as ended from its own fix on, unless `holds` knows better: a fix of
 * an older branch does not end it in a newer one. Null where no match names a fix.
 */
export function upgradeTarget(owed: readonly Owed[], order: VersionOrder | null, holds: StillHolds | null): Target | null {
  const versions = [...new Set(owed.flatMap(({ fixed }) => (fixed === null ? [] : [fixed])))]
  const sorted = order === null ? versions.toSorted() : inOrder(versions, order)
  const candidates = order === null ? sorted : sorted.slice(-MOST_CANDIDATES)
  let best: Target | null = null
  for (const to of candidates.slice(0, MOST_CANDIDATES)) {
    const ends = owed.filter(({ flaw, fixed }) => isEnded(flaw, fixed, to, order, holds))
    if (ends.length > (best?.ends.length ?? 0)) best = { to, ends }
  }
  return best
}

function isEnded(
  flaw: string,
  fixed: string | null,
  to: string,
  order: VersionOrder | null,
  holds: StillHolds | null,
): boolean {
  if (fixed === to) return true
  const known = holds?.(flaw, to) ?? 'unknown'
  if (known !== 'unknown') return known === 'no'
  if (fixed === null || order === null) return false
  const compared = order.compare(fixed, to)
  return compared !== null && compared <= 0
}

/** Versions from oldest to newest; those that cannot be read first, and equal ones by their text, so that the order is always the same. */
export function inOrder(versions: readonly string[], order: VersionOrder): readonly string[] {
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  const read = versions.filter((version) => order.compare(version, version) !== null)
  const unread = versions.filter((version) => order.compare(version, version) === null)
  return [...unread.toSorted(byText), ...read.toSorted((a, b) => order.compare(a, b) || byText(a, b))]
}
