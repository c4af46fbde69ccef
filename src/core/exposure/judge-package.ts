import { rangeContains } from '../kernel/vers/range.ts'
import type { VersionKey } from '../kernel/version-order.ts'
import { type CompiledPackage, listsEqual } from './compiled-package.ts'
import { beforeLimits, type CompiledRange, FROM_THE_START, passed } from './compiled-range.ts'
import type { Match, MatchStep } from './match.ts'
import type { PackageEntry } from './package-entry.ts'
import { compiledOf } from './package-entry.ts'
import { isModular, type PackageIdentity } from './package-identity.ts'
import type { ReadVersion } from './read-version.ts'
import { isStandIn } from './stand-in-end.ts'
import { boundsEnd } from './version-bounds.ts'

const OSV = 'osv'

/**
 * Whether an advisory's package holds a component of the same key: OSV's evaluation, a version listed or in any range
 * (https://ossf.github.io/osv-schema/#evaluation), within the same release and module stream of a distribution. Without `why` a no
 * carries no steps, for most look-ups end in one. Never throws.
 */
export function judgePackage(entry: PackageEntry, identity: PackageIdentity, version: ReadVersion | null, why: boolean): Match {
  const elsewhere = otherStream(entry, identity)
  if (elsewhere !== null && !why) return NOT_AFFECTED
  const same: MatchStep = { step: 'same-package', rule: 'purl', with: [identity.key, entry.affected.name] }
  if (elsewhere !== null) return matched('no', null, [same, elsewhere])
  const found = judgeVersion(compiledOf(entry), version, why, () =>
    entry.kin.filter((kin) => kin === entry || otherStream(kin, identity) === null).map(compiledOf),
  )
  if (found.affected === 'no') return why ? { ...found, steps: [same, ...found.steps] } : NOT_AFFECTED
  const settling = settledStep(entry, identity, version)
  if (settling !== null) return matched('no', null, [same, ...found.steps, settling])
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
  const modular = namesModule(entry.affected)
  if (modular === null || modular === (identity.module !== null)) return null
  const stream = identity.module ?? ''
  return { step: 'other-module', rule: 'RPM module', with: [stream, modular ? 'modular' : ''] }
}

/** Whether the versions that a record names were built for a module stream; null where it names none, for then all are meant. */
function namesModule({ ranges, versions }: PackageEntry['affected']): boolean | null {
  let named = false
  for (const { events } of ranges) {
    for (const event of events) {
      const [at = FROM_THE_START] = Object.values(event) as string[]
      if (isModular(at)) return true
      named ||= at !== FROM_THE_START
    }
  }
  if (named) return false
  return versions.length === 0 ? null : versions.some(isModular)
}

/** Where the record itself says of this very version that it is mended or not affected, that counts. */
function settledStep(
  { settled, record }: PackageEntry,
  identity: PackageIdentity,
  version: ReadVersion | null,
): MatchStep | null {
  for (const { key, release, status, compiled } of settled) {
    if (key !== identity.key || compiled === null || version === null) continue
    if (release !== null && identity.release !== null && release !== identity.release) continue
    if (judgeVersion(compiled, version, false).affected !== 'yes') continue
    return { step: status === 'fixed' ? 'vex-fixed' : 'vex-not-affected', rule: record.id, with: [record.source] }
  }
  return null
}

function notStated(entry: PackageEntry, identity: PackageIdentity): MatchStep | null {
  if (entry.release !== null && identity.release === null) {
    return { step: 'release-not-stated', rule: 'distribution release', with: [entry.release] }
  }
  return null
}

const NOT_AFFECTED: Match = { affected: 'no', by: 'purl', fixed: null, steps: [] }

/**
 * What the ranges and lists of one package say of a version, whichever way the package was recognised. `kin` are all packages that
 * a fix must stand outside of, itself included.
 */
export function judgeVersion(
  compiled: CompiledPackage,
  version: ReadVersion | null,
  why: boolean,
  kin: () => readonly CompiledPackage[] = () => [compiled],
): Match {
  if (compiled.gitOnly) return matched('unknown', null, [{ step: 'git-range-only', rule: OSV, with: [] }])
  if (version === null) {
    return compiled.ranges.some(holdsEvery)
      ? matched('yes', null, [{ step: 'in-range', rule: OSV, with: [] }])
      : matched('unknown', null, [{ step: 'unreadable-version', rule: 'no version stated', with: [] }])
  }
  const { order } = compiled
  const { text } = version
  const key = order === null ? null : version.key(order)
  if (compiled.listed.has(text)) {
    return matched('yes', key === null ? null : endOf(kin(), key), [{ step: 'listed-version', rule: OSV, with: [text] }])
  }
  const unread = compiled.unreadable || compiled.ranges.some(({ unreadable }) => unreadable)
  if (order === null) {
    const step: MatchStep = unread ? { step: 'unknown-order', rule: OSV, with: [text] } : noRange(OSV, text)
    return matched(unread ? 'unknown' : 'no', null, [step])
  }
  const inside = rangeHolding(compiled, version, key) ?? boundsHolding(compiled, text)
  if (inside !== null) return matched('yes', key === null ? null : endOf(kin(), key), [inside])
  const equal = key === null ? null : listsEqual(compiled, key)
  if (key !== null && equal !== null) {
    return matched('yes', endOf(kin(), key), [{ step: 'listed-version', rule: order.rule, with: [text, equal] }])
  }
  if (key === null && compiled.ranges.some(holdsEvery))
    return matched('yes', null, [{ step: 'in-range', rule: OSV, with: [text, FROM_THE_START] }])
  if (key === null && (compiled.ranges.length > 0 || compiled.bounds.length > 0)) {
    return matched('unknown', null, [{ step: 'unreadable-version', rule: order.rule, with: [text] }])
  }
  if (unread) return matched('unknown', null, [{ step: 'unknown-order', rule: order.rule, with: [text] }])
  if (!why) return NOT_AFFECTED
  const steps = key === null ? [] : compiled.ranges.map((range) => outside(range, compiled, key, text))
  return matched('no', null, [...steps, noRange(order.rule, text)])
}

function matched(affected: Match['affected'], fixed: string | null, steps: readonly MatchStep[]): Match {
  return { affected, by: 'purl', fixed, steps }
}

function noRange(rule: string, version: string): MatchStep {
  return { step: 'no-range-holds', rule, with: [version] }
}

function holds(range: CompiledRange, version: VersionKey, compiled: CompiledPackage): boolean {
  const order = compiled.order!
  const last = passed(range, version, order) - 1
  return last >= 0 && range.boundaries[last]!.is === 'introduced' && beforeLimits(range, version, order)
}

/** Whether a range holds whatever version there is, as of packages that are malicious from their first to their last. */
function holdsEvery({ boundaries, limits, unreadable }: CompiledRange): boolean {
  const [first] = boundaries
  return !unreadable && boundaries.length === 1 && first!.key === null && limits.every(({ key }) => key === null)
}

function rangeHolding(compiled: CompiledPackage, { text }: ReadVersion, version: VersionKey | null): MatchStep | null {
  if (version === null) return null
  for (const range of compiled.ranges) {
    if (!holds(range, version, compiled)) continue
    const last = passed(range, version, compiled.order!) - 1
    const end = range.boundaries[last + 1]
    const from = range.boundaries[last]!.at
    return { step: 'in-range', rule: compiled.order!.rule, with: end ? [text, from, end.at, end.is] : [text, from] }
  }
  return null
}

function boundsHolding(compiled: CompiledPackage, version: string): MatchStep | null {
  for (const bounds of compiled.bounds) {
    if (rangeContains(bounds, version) !== 'yes') continue
    const stated = bounds.vers.constraints.slice(0, 20).map((bound) => bound.comparator + bound.version)
    return { step: 'in-range', rule: compiled.order!.rule, with: [version, ...stated] }
  }
  return null
}

/** Why one range leaves a version out. */
function outside(range: CompiledRange, compiled: CompiledPackage, key: VersionKey, version: string): MatchStep {
  const { rule } = compiled.order!
  const last = range.boundaries[passed(range, key, compiled.order!) - 1]
  if (last === undefined) {
    const first = range.boundaries.find(({ is }) => is === 'introduced')
    return first ? { step: 'before-introduced', rule, with: [version, first.at] } : noRange(rule, version)
  }
  if (last.is === 'fixed') return { step: 'from-fixed', rule, with: [version, last.at] }
  if (last.is === 'last-affected') return { step: 'after-last-affected', rule, with: [version, last.at] }
  return { step: 'no-range-holds', rule, with: [version, ...range.limits.slice(0, 5).map(({ at }) => at)] }
}

const MOST_ENDS = 50

interface End {
  readonly at: string
  readonly key: VersionKey
}

/** The nearest version above that no range and no list holds, among those stated as fixed. */
function endOf(kin: readonly CompiledPackage[], version: VersionKey): string | null {
  let from = version
  for (let n = 0; n < MOST_ENDS; n++) {
    let next: End | null = null
    for (const compiled of kin) next = nearestFixed(compiled, from, next)
    if (next === null) return null
    const { at, key } = next
    if (!kin.some((compiled) => isHeld(compiled, at, key)) && !isStandIn(at, kin)) return at
    from = key
  }
  return null
}

function isHeld(compiled: CompiledPackage, at: string, key: VersionKey): boolean {
  return (
    compiled.listed.has(at) ||
    compiled.ranges.some((range) => holds(range, key, compiled)) ||
    listsEqual(compiled, key) !== null ||
    (compiled.bounds.length > 0 && boundsHolding(compiled, at) !== null)
  )
}

/** The nearer one of `least` and what this package states. */
function nearestFixed(compiled: CompiledPackage, version: VersionKey, least: End | null): End | null {
  const { order } = compiled
  if (order === null) return least
  let nearest = least
  for (const range of compiled.ranges) {
    for (let n = passed(range, version, order); n < range.boundaries.length; n++) {
      const { is, at, key } = range.boundaries[n]!
      if (is !== 'fixed' || key === null || order.compareKeys(key, version) <= 0) continue
      if (nearest === null || order.compareKeys(key, nearest.key) < 0) nearest = { at, key }
      break
    }
  }
  for (const bounds of compiled.bounds) {
    const at = boundsEnd(bounds, version, order)
    const key = at === null ? null : order.key(at)
    if (at !== null && key !== null && (nearest === null || order.compareKeys(key, nearest.key) < 0)) nearest = { at, key }
  }
  return nearest
}
