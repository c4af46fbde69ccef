import type { AdvisoryRecord, AffectedPackage } from './advisory-record.ts'
import { type CompiledPackage, compilePackage } from './compiled-package.ts'
import { distroRelease } from './distro-release.ts'
import { familyOfKey } from './package-key.ts'
import { type SettledPackage, settledPackages } from './settled-package.ts'

/** One package of one advisory, as the index holds it. */
export interface PackageEntry {
  readonly record: AdvisoryRecord
  readonly affected: AffectedPackage
  /** The distribution's release that the advisory is about; null: any. */
  readonly release: string | null
  /** The record's entries of the same key, this one too: a fix must stand outside all of them. */
  readonly kin: PackageEntry[]
  /** What the record states to be settled, of any key. */
  readonly settled: readonly SettledPackage[]
  /** Made at the first look-up: most packages of a database are never asked for. */
  compiled: CompiledPackage | null
}

/** The entries of a record, one per affected package. */
export function packageEntries(record: AdvisoryRecord): PackageEntry[] {
  const kinOf = new Map<string, PackageEntry[]>()
  const settled = settledPackages(record)
  return record.affected.map((affected) => {
    const colon = affected.ecosystem.indexOf(':')
    const release = colon < 0 ? null : distroRelease(familyOfKey(affected.key), affected.ecosystem.slice(colon + 1))
    const kin = kinOf.get(affected.key) ?? []
    const entry: PackageEntry = { record, affected, release, kin, settled, compiled: null }
    kin.push(entry)
    kinOf.set(affected.key, kin)
    return entry
  })
}

/** The entry's compiled form. */
export function compiledOf(entry: PackageEntry): CompiledPackage {
  entry.compiled ??= compilePackage(entry.affected)
  return entry.compiled
}
