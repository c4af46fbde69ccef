import { distroRelease } from './distro-release.ts'
import { DISTRIBUTIONS, ECOSYSTEM_FAMILIES } from './ecosystem-names.ts'

/** Which distribution, and which release of it, the packages of a machine are of, as somebody said who knows the machine. */
export interface Distribution {
  /** Of purl: `deb`, `rpm`, `apk`. */
  readonly type: string
  /** Of purl: `debian`, `rocky`. */
  readonly namespace: string
  /** The `distro` qualifier: `debian-12`; null where no release was said. */
  readonly distro: string | null
}

/** `debian:12`, `ubuntu-24.04`, `rocky:9`, `debian:bookworm`. Null for a distribution nobody knows, or a release that is none. */
export function parseDistribution(text: string): Distribution | null {
  const plain = text.trim().toLowerCase()
  if (plain.length > 60) return null
  for (const { index } of plain.matchAll(/[:@ -]|(?<=[a-z])(?=\d)/g)) {
    const release = plain.slice(index).replace(/^[:@ -]/, '')
    if (FAMILIES.has(namespaceOf(plain.slice(0, index))))
      return release === '' ? null : distributionOf(plain.slice(0, index), release)
  }
  return distributionOf(plain, '')
}

/** What an `os-release` file says (https://www.freedesktop.org/software/systemd/man/os-release.html): `ID` and `VERSION_ID`. */
export function readOsRelease(content: string): Distribution | null {
  const said = (name: string) =>
    new RegExp(`^${name}=["']?([\\w.+-]{1,40})["']?[ \\t]*\\r?$`, 'm').exec(content.slice(0, 65_536))?.[1]?.toLowerCase() ?? ''
  return distributionOf(said('ID'), said('VERSION_ID') || said('VERSION_CODENAME'))
}

function distributionOf(name: string, release: string): Distribution | null {
  const namespace = namespaceOf(name)
  const family = FAMILIES.get(namespace)
  if (family === undefined) return null
  const read = release === '' ? null : distroRelease(family, release)
  if (release !== '' && read === null) return null
  return { type: family.slice(0, family.indexOf('/')), namespace, distro: read === null ? null : `${namespace}-${read}` }
}

function namespaceOf(name: string): string {
  // Those who build CentOS take Red Hat's sources; there are no advisories of its own.
  return name === 'centos' ? 'redhat' : (DISTRIBUTIONS.get(name) ?? name)
}

const FAMILIES: ReadonlyMap<string, string> = new Map(
  [...ECOSYSTEM_FAMILIES.values()]
    .filter((family) => /^(?:deb|rpm|apk)\//.test(family))
    .map((family) => [family.slice(family.indexOf('/') + 1), family]),
)

/** Names of distributions that are known, as they may be given. */
export const DISTRIBUTION_NAMES: readonly string[] = [...FAMILIES.keys()]
