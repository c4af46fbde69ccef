import type { Brand } from './brand.ts'
import { ALPINE } from './version/alpine.ts'
import { ALPM } from './version/alpm.ts'
import { CONAN } from './version/conan.ts'
import { DEBIAN, OPAM } from './version/debian.ts'
import { GENERIC } from './version/generic.ts'
import { GENTOO } from './version/gentoo.ts'
import { GO } from './version/go.ts'
import { MAVEN } from './version/maven.ts'
import { NUGET } from './version/nuget.ts'
import { CRAN, HACKAGE, INTDOT } from './version/number-list.ts'
import { OPENSSL } from './version/openssl.ts'
import { PACKAGIST } from './version/packagist.ts'
import { PUB } from './version/pub.ts'
import { PYPI } from './version/pypi.ts'
import { RPM } from './version/rpm.ts'
import { RUBYGEMS } from './version/rubygems.ts'
import { SEMVER } from './version/semver.ts'
import { DATETIME_ORDER, LEXICOGRAPHIC } from './version/vers-own.ts'

export type Order = -1 | 0 | 1

/** A version read once, to be compared many times; only the order that read it knows what is inside. */
export type VersionKey = Brand<object, 'VersionKey'>

/** How one ecosystem orders its versions. Texts are hostile: no method throws, all are linear in length. */
export interface VersionOrder {
  /** Name of the rule, kept with every match it decided, for example `semver-2.0.0`. */
  readonly rule: string
  /** Whether the text is a version exactly as the ecosystem writes it. */
  readonly isValid: (text: string) => boolean
  /** Which of two versions is older (-1), the same (0) or newer (1); null where one of them cannot be read at all. */
  readonly compare: (a: string, b: string) => Order | null
  /** The version read, for `compareKeys`; null where it cannot be read. */
  readonly key: (text: string) => VersionKey | null
  /** As `compare`, of two keys that this order made: what is compared often is read once. */
  readonly compareKeys: (a: VersionKey, b: VersionKey) => Order
}

// Names in lower case: OSV's ecosystems, purl's types, VERS's schemes, GitHub's.
const NAMES: readonly (readonly [order: VersionOrder, names: string])[] = [
  [
    SEMVER,
    'npm|semver|crates.io|cargo|rust|hex|erlang|elixir|swift|swifturl|github actions|githubactions|actions|bitnami|julia',
  ],
  [SEMVER, 'vscode|vscode-extension|nginx'],
  [GO, 'go|golang'],
  [PYPI, 'pypi|pip'],
  [MAVEN, 'maven'],
  [RUBYGEMS, 'rubygems|gem|ruby|cocoapods'],
  [PACKAGIST, 'packagist|composer|php'],
  [NUGET, 'nuget'],
  [PUB, 'pub'],
  [CRAN, 'cran|bioconductor'],
  [HACKAGE, 'hackage|ghc|haskell'],
  [DEBIAN, 'debian|ubuntu|deb|dpkg|echo'],
  [OPAM, 'opam'],
  [RPM, 'rpm|red hat|redhat|rhel|rocky linux|rocky|almalinux|alma|suse|opensuse|fedora|mageia|openeuler|photon os|photon'],
  [RPM, 'azure linux|azurelinux|mariner|amazon linux|amzn|oracle linux|centos|opencloudos|openanolis|anolis os|openmandriva'],
  [ALPINE, 'alpine|apk|wolfi|chainguard|alpaquita|bellsoft hardened containers|minimos|postmarketos'],
  [ALPM, 'alpm|arch linux|arch|archlinux'],
  [GENTOO, 'gentoo|ebuild'],
  [CONAN, 'conan|conancenter'],
  [OPENSSL, 'openssl'],
  [GENERIC, 'generic|linux|other'],
  [INTDOT, 'intdot'],
  [DATETIME_ORDER, 'datetime'],
  [LEXICOGRAPHIC, 'lexicographic'],
]

const ORDERS: ReadonlyMap<string, VersionOrder> = new Map(
  NAMES.flatMap(([order, names]) => names.split('|').map((name) => [name, order] as const)),
)

/**
 * The order of an ecosystem by its OSV name (`crates.io`, `Debian:12`: what follows a colon is a release and does not count), purl
 * type, VERS scheme or GitHub's name; null: order not known, match by exact version only.
 */
export function versionOrder(ecosystem: string): VersionOrder | null {
  const colon = ecosystem.indexOf(':')
  return ORDERS.get((colon < 0 ? ecosystem : ecosystem.slice(0, colon)).toLowerCase()) ?? null
}
