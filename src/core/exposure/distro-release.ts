import { RELEASE_NAMES } from './ecosystem-names.ts'

const NUMBER = /(\d{1,4})(?:\.(\d{1,4}))?/

/**
 * The release of a distribution in one spelling, from an OSV suffix (`12`, `v3.18`, `22.04:LTS`, `Linux Enterprise Server 15 SP4`,
 * `enterprise_linux:9::appstream`) or a `distro=` qualifier (`debian-12.5`, `bookworm`, `alpine-3.18.4`, `sles-15.4`): as many
 * parts as that distribution keeps apart packages for. Null where the text names none.
 */
export function distroRelease(family: string, text: string): string | null {
  const plain = text.slice(0, 200).toLowerCase()
  if (plain === '') return null
  const named = plain.split(/[^a-z]+/).find((word) => RELEASE_NAMES.has(word))
  if (named !== undefined) return RELEASE_NAMES.get(named)!
  if (/\b(?:edge|tumbleweed|rolling|rawhide)\b/.test(plain)) return 'rolling'
  const enterprise = /\bel(\d{1,2})\b/.exec(plain)
  if (enterprise && family === 'rpm/redhat') return enterprise[1]!
  const pack = /(\d{1,3})[ .-]?sp(\d{1,2})/.exec(plain)
  if (pack) return `${pack[1]}.${pack[2]}`
  const found = NUMBER.exec(plain)
  if (!found) return null
  const [, major = '', minor] = found
  return minor !== undefined && MINOR_COUNTS.has(family) ? `${major}.${minor}` : major
}

/** Distributions whose second number is a release of its own, with packages of its own. */
const MINOR_COUNTS = new Set(['deb/ubuntu', 'apk/alpine', 'rpm/suse', 'rpm/opensuse', 'rpm/openeuler'])

const BUILT_FOR = /[.+_](?:el|fc|mga|azl|cm|ph|amzn)(\d{1,4})/

/** The release that an RPM says it was built for: `8` of `1.1.1k-7.el8_6`, `38` of `1-2.fc38`. Null where it says none. */
export function releaseBuiltFor(version: string): string | null {
  return BUILT_FOR.exec(version)?.[1] ?? null
}
