import type { AdvisoryRecord } from './advisory-record.ts'
import { type CompiledPackage, compilePackage } from './compiled-package.ts'
import { identityOfPurl } from './package-identity.ts'

/** A package of which a record itself says that it is mended or was never affected, as product trees do. */
export interface SettledPackage {
  readonly key: string
  readonly release: string | null
  readonly status: 'fixed' | 'not-affected'
  readonly name: string
  /** The versions that are meant; null where the purl has none and no range stands beside it. */
  readonly compiled: CompiledPackage | null
}

const NONE: readonly SettledPackage[] = []

/** The packages of a record that it states to be settled; most records state none. */
export function settledPackages({ products }: AdvisoryRecord): readonly SettledPackage[] {
  if (products.length === 0) return NONE
  return products.flatMap(({ identity: text, status, name, range }) => {
    if ((status !== 'fixed' && status !== 'not-affected') || !text.startsWith('purl:')) return []
    const identity = identityOfPurl(text.slice(5))
    if (identity === null) return []
    const { key, release, type, version } = identity
    const ranges = version === null && range !== null ? [range] : []
    const versions = version === null ? [] : [version]
    const isOpen = ranges.length + versions.length === 0
    const compiled = isOpen ? null : compilePackage({ key, ecosystem: type, name, ranges, versions })
    return [{ key, release, status, name, compiled }]
  })
}
