import { formatPurl, parsePurl, withoutVersion } from '../core/kernel/purl.ts'

/** OSV ecosystem names (and GitHub's, in lower case) and the purl types they stand for; a suffix after `:` is not looked at. */
const TYPES: Readonly<Record<string, string>> = {
  actions: 'github',
  alpine: 'apk/alpine',
  android: 'generic',
  bitnami: 'bitnami',
  composer: 'composer',
  conancenter: 'conan',
  cran: 'cran',
  'crates.io': 'cargo',
  debian: 'deb/debian',
  erlang: 'hex',
  ghc: 'generic',
  'github actions': 'github',
  go: 'golang',
  hackage: 'hackage',
  hex: 'hex',
  julia: 'julia',
  maven: 'maven',
  npm: 'npm',
  nuget: 'nuget',
  opensuse: 'rpm/opensuse',
  packagist: 'composer',
  pip: 'pypi',
  pub: 'pub',
  pypi: 'pypi',
  'red hat': 'rpm/redhat',
  'rocky linux': 'rpm/rocky-linux',
  almalinux: 'rpm/almalinux',
  rubygems: 'gem',
  rust: 'cargo',
  suse: 'rpm/suse',
  swift: 'swift',
  swifturl: 'swift',
  ubuntu: 'deb/ubuntu',
  wolfi: 'apk/wolfi',
}

/** Canonical purl without version of a package as OSV or GitHub name it; null where the ecosystem has no purl type. */
export function purlOfPackage(ecosystem: string, name: string): string | null {
  const key = (ecosystem.split(':')[0] ?? '').trim().toLowerCase()
  const type = Object.hasOwn(TYPES, key) ? TYPES[key] : undefined
  if (type === undefined || type === 'generic' || name === '') return null
  const path = type === 'maven' ? name.replace(':', '/') : type === 'swift' ? name.replace(/^https?:\/\//, '') : name
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')
  return statedPurl(`pkg:${type}/${encoded}`)?.purl ?? null
}

/** A stated purl in canonical form with the version cut off and given apart; null where the text is no purl. */
export function statedPurl(text: string): { readonly purl: string; readonly version: string | null } | null {
  const parsed = parsePurl(text)
  return parsed.ok ? { purl: formatPurl(withoutVersion(parsed.purl)), version: parsed.purl.version } : null
}
