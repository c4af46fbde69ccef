import { parsePurl } from '../kernel/purl.ts'

/** Purl type, with the namespace where it decides, and the OSV ecosystem it stands for (OSV schema 1.7, `ecosystems`). */
const ECOSYSTEMS = new Map([
  ['npm', 'npm'],
  ['pypi', 'PyPI'],
  ['cargo', 'crates.io'],
  ['golang', 'Go'],
  ['gem', 'RubyGems'],
  ['composer', 'Packagist'],
  ['nuget', 'NuGet'],
  ['hex', 'Hex'],
  ['pub', 'Pub'],
  ['maven', 'Maven'],
  ['swift', 'SwiftURL'],
  ['hackage', 'Hackage'],
  ['cran', 'CRAN'],
  ['conan', 'ConanCenter'],
  ['bitnami', 'Bitnami'],
  ['julia', 'Julia'],
  ['opam', 'opam'],
  ['deb/debian', 'Debian'],
  ['deb/ubuntu', 'Ubuntu'],
  ['apk/alpine', 'Alpine'],
  ['apk/wolfi', 'Wolfi'],
  ['apk/chainguard', 'Chainguard'],
  ['rpm/redhat', 'Red Hat'],
  ['rpm/rocky-linux', 'Rocky Linux'],
  ['rpm/almalinux', 'AlmaLinux'],
  ['rpm/suse', 'SUSE'],
  ['rpm/opensuse', 'openSUSE'],
])

/** How OSV names the package of a purl; null where OSV has no such ecosystem. Never throws. */
export function osvPackage(purl: string): { readonly ecosystem: string; readonly name: string } | null {
  const parsed = parsePurl(purl)
  if (!parsed.ok) return null
  const { type, namespace, name } = parsed.purl
  const ofType = ECOSYSTEMS.get(type)
  if (ofType !== undefined) {
    const join = type === 'maven' ? ':' : '/'
    return { ecosystem: ofType, name: namespace === null || type === 'conan' ? name : `${namespace}${join}${name}` }
  }
  const ofBoth = ECOSYSTEMS.get(`${type}/${namespace ?? ''}`)
  return ofBoth === undefined ? null : { ecosystem: ofBoth, name }
}
