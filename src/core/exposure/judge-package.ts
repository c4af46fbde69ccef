import { type CompiledPackage, listsEqual } from './compiled-package.ts'
import { beforeLimits, type CompiledRange, FROM_THE_START, passed } from './compiled-range.ts'
import type { Match, MatchStep } from './match.ts'
import type { PackageEntry } from './package-entry.ts'
import { compiledOf } from './package-entry.ts'
import { isModular, type PackageIdentity } from './package-identity.ts'
import { boundsEnd, boundsHold } from './version-bounds.ts'

const OSV = 'osv'

/**
 * Whether an advisory's package holds a component of the same key: OSV's evaluation, a version listed or in any range
 * (https://ossf.github.io/osv-schema/#evaluation), within the same release and module stream of a distribution. Without `why` a no
 * carries no steps, for most look-ups end in one. Never throws.
 */
export function judgePackage(entry: PackageEntry, identity: PackageIdentity, why: boolean): Match {
  const elsewhere = otherStream(entry, identity)
  if (elsewhere !== null && !why) return NOT_AFFECTED
  const same: MatchStep = { step: 'same-package', rule: 'purl', with: [identity.key, entry.affected.name] }
  if (elsewhere !== null) return matched('no', null, [same, elsewhere])
  const found = judgeVersion(compiledOf(entry), identity.version, why)
  if (found.affected === 'no') return why ? { ...found, steps: [same, ...found.steps] } : NOT_AFFECTED
  const unsure = notStated(entry, identity)
  return {
    ...found,
    affected: unsure === null ? found.affected : 'unknown',
    steps: unsure === null ? [same, ...found.steps] : [same, ...found.steps, unsure],
  }
}

function otherStream(entry: PackageEntry, identity: PackageIdentity): MatchStep | null {
  if (entry.release !== null && identity.release !== null && entry.release !== identity.release) {
    return { step: 'other-release', rule: 'distribution release', with: [identity.release, entry.release] }
  }
  if (identity.type !== 'rpm') return null
  const modular = entry.affected.ranges.some(({ events }) => events.some((event) => 'fixed' in event && isModular(event.fixed)))
  if (modular === (identity.module !== null)) return null
  const stream = identity.module ?? ''
  return { step: 'other-module', rule: 'RPM module', with: [stream, modular ? 'modular' : ''] }
}

function notStated(entry: PackageEntry, identity: PackageIdentity): MatchStep | null {
  if (entry.release !== null && identity.release === null) {
    return { step: 'release-not-stated', rule: 'distribution release', with: [entry.release] }
  }
  return null
}

const NOT_AFFECTED: Match = { affected: 'no', by: 'purl', fixed: null, steps: [] }

/** What the ranges and lists of one package say of a version, whichever way the package was recognised. */
export function judgeVersion(compiled: CompiledPackage, version: string | null, why: boolean): Match {
  if (compiled.gitOnly) return matched('unknown', null, [{ step: 'git-range-only', rule: OSV, with: [] }])
  if (version === null) return matched('unknown', null, [{ step: 'unreadable-version', rule: 'no version stated', with: [] }])
  if (compiled.listed.has(version)) {
    return matched('yes', endOf(compiled, version), [{ step: 'listed-version', rule: OSV, with: [version] }])
  }
  const { order } = compiled
  if (order === null) {
    if (!compiled.unreadable && compiled.bounds.length === 0) return matched('no', null, [noRange(OSV, version)])
    return matched('unknown', null, [{ step: 'unknown-order', rule: OSV, with: [version] }])
  }
  const ranged = compiled.ranges.length > 0 || compiled.bounds.length > 0
  if (order.compare(version, version) === null) {
    const step: MatchStep = ranged
      ? { step: 'unreadable-version', rule: order.rule, with: [version] }
      : noRange(order.rule, version)
    return matched(ranged ? 'unknown' : 'no', null, [step])
  }
  const inside = rangeHolding(compiled, version) ?? boundsHolding(compiled, version)
  if (inside !== null) return matched('yes', endOf(compiled, version), [inside])
  const equal = listsEqual(compiled, version)
  if (equal !== null) {
    return matched('yes', endOf(compiled, version), [{ step: 'listed-version', rule: order.rule, with: [version, equal] }])
  }
  if (compiled.unreadable || compiled.ranges.some(({ unreadable }) => unreadable)) {
    return matched('unknown', null, [{ step: 'unknown-order', rule: order.rule, with: [version] }])
  }
  if (!why) return NOT_AFFECTED
  return matched('no', null, [
    ...compiled.ranges.map((range) => outside(range, compiled, version)),
    noRange(order.rule, version),
  ])
}

function matched(affected: Match['affected'], fixed: string | null, steps: readonly MatchStep[]): Match {
  return { affected, by: 'purl', fixed, steps }
}

function noRange(rule: string, version: string): MatchStep {
  return { step: 'no-range-holds', rule, with: [version] }
}

function holds(range: CompiledRange, version: string, compiled: CompiledPackage): boolean {
  const order = compiled.order!
  const last = passed(range, version, order) - 1
  return last >= 0 && range.boundaries[last]!.is === 'introduced' && beforeLimits(range, version, order)
}

function rangeHolding(compiled: CompiledPackage, version: string): MatchStep | null {
  for (const range of compiled.ranges) {
    if (!holds(range, version, compiled)) continue
    const last = passed(range, version, compiled.order!) - 1
    const end = range.boundaries[last + 1]
    const from = range.boundaries[last]!.at
    return { step: 'in-range', rule: compiled.order!.rule, with: end ? [version, from, end.at] : [version, from] }
  }
  return null
}

function boundsHolding(compiled: CompiledPackage, version: string): MatchStep | null {
  for (const bounds of compiled.bounds) {
    if (boundsHold(bounds, version, compiled.order!) !== 'yes') continue
    const stated = bounds.bounds.map((bound) => bound.sign + bound.version)
    return { step: 'in-range', rule: compiled.order!.rule, with: [version, ...stated.slice(0, 20)] }
  }
  return null
}

/** Why one range leaves a version out. */
function outside(range: CompiledRange, compiled: CompiledPackage, version: string): MatchStep {
  const { rule } = compiled.order!
  const last = range.boundaries[passed(range, version, compiled.order!) - 1]
  if (last === undefined) {
    const first = range.boundaries.find(({ is }) => is === 'introduced')
    return first ? { step: 'before-introduced', rule, with: [version, first.at] } : noRange(rule, version)
  }
  if (last.is === 'fixed') return { step: 'from-fixed', rule, with: [version, last.at] }
  if (last.is === 'last-affected') return { step: 'after-last-affected', rule, with: [version, last.at] }
  return { step: 'no-range-holds', rule, with: [version, ...range.limits.slice(0, 5)] }
}

const MOST_ENDS = 50

/** The nearest version above that no range and no list holds, among those stated as fixed. */
function endOf(compiled: CompiledPackage, version: string): string | null {
  const { order } = compiled
  if (order === null || order.compare(version, version) === null) return null
  let from = version
  for (let n = 0; n < MOST_ENDS; n++) {
    const next = nearestFixed(compiled, from)
    if (next === null) return null
    if (!isHeld(compiled, next)) return next
    from = next
  }
  return null
}

function isHeld(compiled: CompiledPackage, version: string): boolean {
  return (
    compiled.listed.has(version) ||
    compiled.ranges.some((range) => holds(range, version, compiled)) ||
    boundsHolding(compiled, version) !== null
  )
}

function nearestFixed(compiled: CompiledPackage, version: string): string | null {
  const order = compiled.order!
  let least: string | null = null
  const take = (at: string | null): void => {
    if (at !== null && (least === null || order.compare(at, least) === -1)) least = at
  }
  for (const range of compiled.ranges) {
    for (let n = passed(range, version, order); n < range.boundaries.length; n++) {
      const { is, at } = range.boundaries[n]!
      if (is !== 'fixed' || at === FROM_THE_START || order.compare(at, version) !== 1) continue
      take(at)
      break
    }
  }
  for (const bounds of compiled.bounds) take(boundsEnd(bounds, version, order))
  return least
}
