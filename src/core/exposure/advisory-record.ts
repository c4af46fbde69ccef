import type { Instant } from '../kernel/instant.ts'

/** What one database says of one vulnerability, whichever format it came in: OSV, CSAF, CVE, RubySec, FriendsOfPHP, Bitnami. */
export interface AdvisoryRecord {
  readonly id: string
  /** Other names of the same vulnerability. */
  readonly aliases: readonly string[]
  /** Who states it, for example `osv`, `csaf:cisa`; kept for the reasons. */
  readonly source: string
  readonly modified: Instant | null
  readonly published: Instant | null
  readonly withdrawn: Instant | null
  readonly summary: string
  /** CVSS vectors as stated; scores are computed, never believed. */
  readonly vectors: readonly string[]
  readonly affected: readonly AffectedPackage[]
  /** Products without a package: CPE 2.3 names with bounds, and model numbers of product trees. */
  readonly products: readonly AffectedProduct[]
}

export interface AffectedPackage {
  /** Ecosystem and name, folded by `packageKey`. */
  readonly key: string
  /** As stated, for people. */
  readonly ecosystem: string
  readonly name: string
  readonly ranges: readonly AffectedRange[]
  /** Versions that are affected whatever the ranges say, as OSV has it. */
  readonly versions: readonly string[]
}

export interface AffectedRange {
  /** `semver` and `ecosystem` as OSV means them; `vers` for a VERS text; git ranges match no version and are counted only. */
  readonly kind: 'semver' | 'ecosystem' | 'vers' | 'git'
  readonly events: readonly RangeEvent[]
  readonly vers: string | null
}

export type RangeEvent =
  | { readonly introduced: string }
  | { readonly fixed: string }
  | { readonly lastAffected: string }
  | { readonly limit: string }

export interface AffectedProduct {
  /** `cpe:2.3:…` or `model:…`, `serial:…`, `sku:…`, `purl:…` as product trees state them. */
  readonly identity: string
  readonly name: string
  readonly vendor: string | null
  readonly status: 'affected' | 'fixed' | 'not-affected' | 'under-investigation'
  /** A VERS text or the stated bounds; null: that very product. */
  readonly range: AffectedRange | null
  readonly remedy: string | null
}
