import { readRange, type VersRange } from '../kernel/vers/range.ts'
import { type VersionKey, type VersionOrder, versionOrder } from '../kernel/version-order.ts'
import type { AffectedPackage } from './advisory-record.ts'
import { type CompiledRange, compileRange } from './compiled-range.ts'
import { parseBounds } from './version-bounds.ts'

/** What an advisory says of one package, made ready so that a look-up is a few comparisons. */
export interface CompiledPackage {
  /** Null where nobody orders these versions here: then only a listed version matches. */
  readonly order: VersionOrder | null
  readonly ranges: readonly CompiledRange[]
  readonly bounds: readonly VersRange[]
  /** A VERS text that cannot be read stood there. */
  readonly unreadable: boolean
  readonly listed: ReadonlySet<string>
  /** Listed versions in their order, so that `1.0` finds `1.0.0` where the ecosystem holds them equal. */
  readonly sorted: readonly ListedVersion[]
  readonly gitOnly: boolean
}

interface ListedVersion {
  readonly text: string
  readonly key: VersionKey
}

/** Longer lists are compared as texts only: putting them in order would cost more than it finds. */
const MOST_SORTED = 20_000

/** Compiles one affected package; pure, and done once per package, at the first look-up. */
export function compilePackage(affected: AffectedPackage): CompiledPackage {
  const scheme = schemeOf(affected)
  const order = scheme === null ? null : versionOrder(scheme)
  const usable = affected.ranges.filter((range) => range.kind !== 'git')
  const bounds = usable.filter(({ kind }) => kind === 'vers').map(({ vers }) => parseBounds(vers ?? ''))
  const read = bounds.filter((bound) => bound !== null)
  return {
    order,
    ranges: order === null ? [] : usable.filter(({ kind }) => kind !== 'vers').map((range) => compileRange(range, order)),
    bounds: order === null ? [] : read.map((constraints) => readRange({ type: scheme ?? '', constraints })),
    unreadable: read.length < bounds.length || (order === null && usable.length > 0),
    listed: new Set(affected.versions),
    sorted: order === null || affected.versions.length > MOST_SORTED ? [] : sortedVersions(affected.versions, order),
    gitOnly: usable.length === 0 && affected.versions.length === 0 && affected.ranges.length > 0,
  }
}

/** Whose order counts: the package's type's; where it has none, OSV's SEMVER ranges are by Semantic Versioning whatever the ecosystem. */
function schemeOf(affected: AffectedPackage): string | null {
  const type = affected.key.slice(0, affected.key.indexOf('/'))
  const known = [type, affected.ecosystem].find((name) => versionOrder(name) !== null)
  return known ?? (affected.ranges.some(({ kind }) => kind === 'semver') ? 'semver' : null)
}

function sortedVersions(versions: readonly string[], order: VersionOrder): ListedVersion[] {
  const read: ListedVersion[] = []
  for (const text of versions) {
    const key = order.key(text)
    if (key !== null) read.push({ text, key })
  }
  return read.sort((a, b) => order.compareKeys(a.key, b.key))
}

/** The listed version that is the given one, in the ecosystem's own sense of equal. */
export function listsEqual(compiled: CompiledPackage, version: VersionKey): string | null {
  const { order, sorted } = compiled
  if (order === null) return null
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const { text, key } = sorted[middle]!
    const by = order.compareKeys(key, version)
    if (by === 0) return text
    if (by < 0) low = middle + 1
    else high = middle - 1
  }
  return null
}
