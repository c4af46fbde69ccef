import type { VersionOrder } from '../kernel/version-order.ts'
import { versionOrder } from '../kernel/version-order.ts'
import type { AffectedPackage } from './advisory-record.ts'
import { type CompiledRange, compileRange } from './compiled-range.ts'
import { parseBounds, type VersionBounds } from './version-bounds.ts'

/** What an advisory says of one package, made ready so that a look-up is a few comparisons. */
export interface CompiledPackage {
  /** Null where nobody orders these versions here: then only a listed version matches. */
  readonly order: VersionOrder | null
  readonly ranges: readonly CompiledRange[]
  readonly bounds: readonly VersionBounds[]
  /** A VERS text that cannot be read stood there. */
  readonly unreadable: boolean
  readonly listed: ReadonlySet<string>
  /** Listed versions in their order, so that `1.0` finds `1.0.0` where the ecosystem holds them equal. */
  readonly sorted: readonly string[]
  readonly gitOnly: boolean
}

/** Longer lists are compared as texts only: putting them in order would cost more than it finds. */
const MOST_SORTED = 20_000

/** Compiles one affected package; pure, and done once per package, at the first look-up. */
export function compilePackage(affected: AffectedPackage): CompiledPackage {
  const order = orderOf(affected)
  const usable = affected.ranges.filter((range) => range.kind !== 'git')
  const bounds = usable.filter(({ kind }) => kind === 'vers').map(({ vers }) => parseBounds(vers ?? ''))
  const read = bounds.filter((bound) => bound !== null)
  const sorted =
    order !== null && affected.versions.length <= MOST_SORTED
      ? affected.versions.filter((version) => order.compare(version, version) !== null).sort((a, b) => order.compare(a, b) ?? 0)
      : []
  return {
    order,
    ranges: order === null ? [] : usable.filter(({ kind }) => kind !== 'vers').map((range) => compileRange(range, order)),
    bounds: read,
    unreadable: read.length < bounds.length || (order === null && usable.some(({ kind }) => kind !== 'vers')),
    listed: new Set(affected.versions),
    sorted,
    gitOnly: usable.length === 0 && affected.versions.length === 0 && affected.ranges.length > 0,
  }
}

/** The order of the package's type; where nobody has one, OSV's SEMVER ranges are by Semantic Versioning whatever the ecosystem. */
function orderOf(affected: AffectedPackage): VersionOrder | null {
  const type = affected.key.slice(0, affected.key.indexOf('/'))
  const known = versionOrder(type) ?? versionOrder(affected.ecosystem)
  return known ?? (affected.ranges.some(({ kind }) => kind === 'semver') ? versionOrder('npm') : null)
}

/** Whether a listed version is the given one, in the ecosystem's own sense of equal. */
export function listsEqual(compiled: CompiledPackage, version: string): string | null {
  const { order, sorted } = compiled
  if (order === null) return null
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const by = order.compare(sorted[middle]!, version)
    if (by === 0) return sorted[middle]!
    if (by === -1) low = middle + 1
    else high = middle - 1
  }
  return null
}
