import { percentDecode } from '../kernel/purl/percent.ts'
import { distroRelease, releaseBuiltFor } from './distro-release.ts'
import { keyOfParts } from './package-key.ts'

/** Which package, which version of it and from which release of a distribution: what an advisory's packages are held against. */
export interface PackageIdentity {
  readonly key: string
  readonly type: string
  /** With the epoch in front where a qualifier states it; null where the purl has none. */
  readonly version: string | null
  /** Null where no distribution or no release is stated. */
  readonly release: string | null
  /** Stream of a modular RPM; empty where the version shows that there is one and nobody says which; null where there is none. */
  readonly module: string | null
  /** The source package, where the distribution's advisories name those and the package itself is called otherwise. */
  readonly source: { readonly key: string; readonly version: string | null } | null
}

/** The key of a canonical purl, as `packageKey` makes it; null where the text is no purl. */
export function keyOfPurl(purl: string): string | null {
  return identityOfPurl(purl)?.key ?? null
}

/**
 * Reads a canonical purl for matching. Of a Debian or Alpine package whose source is stated (`upstream=` or `source=`), key and
 * version are the source's, for that is what advisories name. Architecture plays no part. Null where the text is no purl.
 */
export function identityOfPurl(purl: string): PackageIdentity | null {
  if (!purl.startsWith('pkg:') || purl.length > 8192) return null
  const hash = purl.indexOf('#')
  const end = hash < 0 ? purl.length : hash
  const mark = purl.indexOf('?')
  const pathEnd = mark < 0 || mark > end ? end : mark
  const slash = purl.indexOf('/', 4)
  if (slash < 5 || slash >= pathEnd) return null
  const type = purl.slice(4, slash).toLowerCase()
  const at = purl.lastIndexOf('@', pathEnd)
  const last = purl.lastIndexOf('/', at > slash ? at : pathEnd)
  // An @ that begins a name or a namespace belongs to it.
  const versionAt = at > last + 1 ? at : pathEnd
  const nameStart = purl.lastIndexOf('/', versionAt - 1) + 1
  const namespace = percentDecode(nameStart > slash + 1 ? purl.slice(slash + 1, nameStart - 1) : '')
  const name = percentDecode(purl.slice(nameStart, versionAt))
  const version = versionAt < pathEnd ? percentDecode(purl.slice(versionAt + 1, pathEnd)) : ''
  if (namespace === null || name === null || name === '' || version === null) return null
  const key = keyOfParts(type, namespace, name)
  const said = version === '' ? null : bareVersion(type, version)
  const plain = { key, type, version: said, release: null, module: null, source: null }
  return type === 'deb' || type === 'rpm' || type === 'apk'
    ? ofDistribution(plain, namespace, qualifiersOf(purl.slice(pathEnd + 1, end)))
    : plain
}

/** Tools write the platform a gem was built for behind its version, which would read as a version before the release. */
const GEM_PLATFORM =
  /-(?:java|jruby|mswin\d*|mingw\d*|(?:x86_64|x86|x64|i\d86|aarch64|arm64|armv?\d?[a-z]*|ppc64(?:le)?|s390x?|riscv64|universal)-[a-z][\w-]*(?:\.\d+)*)$/

/** `7.0.0-3` of Bitnami is its third build of 7.0.0, which would read as a version before the release. */
const BITNAMI_BUILD = /-\d{1,5}$/

function bareVersion(type: string, version: string): string {
  if (type === 'gem') return version.replace(GEM_PLATFORM, '')
  return type === 'bitnami' ? version.replace(BITNAMI_BUILD, '') : version
}

function ofDistribution(plain: PackageIdentity, namespace: string, qualifiers: ReadonlyMap<string, string>): PackageIdentity {
  const { type } = plain
  const family = plain.key.slice(0, plain.key.indexOf('/', type.length + 1))
  const release = distroRelease(family, qualifiers.get('distro') ?? '')
  const epoch = qualifiers.get('epoch')
  const version =
    plain.version !== null && epoch !== undefined && !plain.version.includes(':') ? `${epoch}:${plain.version}` : plain.version
  if (type === 'rpm') {
    const stated = qualifiers.get('rpmmod') ?? qualifiers.get('modularitylabel')
    const module = stated ?? (version !== null && isModular(version) ? '' : null)
    const source = NAMES_SOURCES.has(family) ? rpmSource(qualifiers.get('upstream') ?? '', namespace, epoch, plain.key) : null
    return { ...plain, version, release: release ?? releaseBuiltFor(version ?? ''), module, source }
  }
  const source = qualifiers.get('upstream') ?? qualifiers.get('source') ?? qualifiers.get('origin')
  if (source === undefined) return { ...plain, version, release }
  const cut = source.lastIndexOf('@')
  return {
    ...plain,
    key: keyOfParts(type, namespace, cut > 0 ? source.slice(0, cut) : source),
    version: cut > 0 && cut < source.length - 1 ? source.slice(cut + 1) : version,
    release,
  }
}

/** RPM distributions whose advisories name source packages; Red Hat's and AlmaLinux's name what is installed. */
const NAMES_SOURCES = new Set(['rpm/suse', 'rpm/opensuse', 'rpm/rocky', 'rpm/mageia', 'rpm/openeuler', 'rpm/azurelinux'])
/** `openssl-1.1.1k-9.el8.src.rpm` as RPM names files, and `openssl@1:1.1.1k-9.el8`. */
const SOURCE_FILE = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/

function rpmSource(stated: string, namespace: string, epoch: string | undefined, own: string): PackageIdentity['source'] {
  const file = SOURCE_FILE.exec(stated)
  const cut = stated.lastIndexOf('@')
  const name = file ? file[1] : cut > 0 ? stated.slice(0, cut) : stated
  const version = file?.[2] ?? (cut > 0 ? stated.slice(cut + 1) : null)
  if (!name) return null
  const key = keyOfParts('rpm', namespace, name)
  if (key === own) return null
  return { key, version: version !== null && epoch !== undefined && !version.includes(':') ? `${epoch}:${version}` : version }
}

/** Whether an RPM's release says that it was built for a module stream. */
export function isModular(version: string): boolean {
  return version.includes('.module')
}

function qualifiersOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (text === '') return found
  for (const pair of text.split('&', 64)) {
    const equals = pair.indexOf('=')
    const value = equals > 0 ? percentDecode(pair.slice(equals + 1)) : null
    if (value !== null && value !== '') found.set(pair.slice(0, equals).toLowerCase(), value)
  }
  return found
}
