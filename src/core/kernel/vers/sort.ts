import type { Order, VersionKey } from '../version-order.ts'
import { versionOrder } from '../version-order.ts'
import type { Constraint } from './parts.ts'

/** Constraints by version, oldest first and otherwise as they stood; unchanged where one of several cannot be ordered. */
export function sortConstraints(type: string, constraints: readonly Constraint[]): readonly Constraint[] {
  const order = versionOrder(type)
  const keyed = keysOf(type, constraints)
  if (order === null || keyed.includes(null)) return constraints
  return constraints
    .map((constraint, i) => ({ constraint, key: keyed[i]! }))
    .sort((a, b) => order.compareKeys(a.key, b.key))
    .map(({ constraint }) => constraint)
}

/** Whether no constraint stands before an older one, as far as their versions can be ordered. */
export function isSorted(type: string, constraints: readonly Constraint[]): boolean {
  const order = versionOrder(type)
  if (order === null || constraints.length < 2) return true
  let newest: VersionKey | null = null
  for (const key of keysOf(type, constraints)) {
    if (key === null) continue
    const by: Order = newest === null ? -1 : order.compareKeys(newest, key)
    if (by > 0) return false
    newest = key
  }
  return true
}

function keysOf(type: string, constraints: readonly Constraint[]): (VersionKey | null)[] {
  const order = versionOrder(type)
  return constraints.map(({ version }) => order?.key(version) ?? null)
}
