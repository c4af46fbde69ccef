import type { Target } from '../../core/findings/finding.ts'
import { purlOfPackage, statedPurl } from '../ecosystem.ts'
import { type JsonObject, objectsIn, textIn } from '../json/loose.ts'

/** Hosts of `collectionURL` and the OSV ecosystem each one serves. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  'registry.npmjs.org': 'npm',
  'www.npmjs.com': 'npm',
  'npmjs.com': 'npm',
  'pypi.org': 'PyPI',
  'pypi.python.org': 'PyPI',
  'repo.maven.apache.org': 'Maven',
  'repo1.maven.org': 'Maven',
  'crates.io': 'crates.io',
  'pkg.go.dev': 'Go',
  'proxy.golang.org': 'Go',
  'rubygems.org': 'RubyGems',
  'packagist.org': 'Packagist',
  'www.nuget.org': 'NuGet',
  'nuget.org': 'NuGet',
  'hex.pm': 'Hex',
  'pub.dev': 'Pub',
}

/** What one `affected` entry of a CVE record is about, where it states a package or a repository; vendor and product alone are no target. */
export function affectedTarget(affected: JsonObject): Target | null {
  const stated = statedPurl(textIn(affected, 'packageURL') ?? '')
  const host = /^https?:\/\/([a-z0-9.-]{1,100})/i.exec(textIn(affected, 'collectionURL') ?? '')?.[1]?.toLowerCase() ?? ''
  const ecosystem = Object.hasOwn(COLLECTIONS, host) ? COLLECTIONS[host]! : ''
  const purl = stated?.purl ?? purlOfPackage(ecosystem, textIn(affected, 'packageName') ?? '')
  const repository = textIn(affected, 'repo')
  if (purl === null && repository === null) return null
  return { purl, repository, version: stated?.version ?? versionText(affected) }
}

function versionText(affected: JsonObject): string | null {
  const ranges = objectsIn(affected, 'versions')
    .filter((entry) => (textIn(entry, 'status') ?? 'affected') === 'affected')
    .slice(0, 50)
    .map((entry) => {
      const below = textIn(entry, 'lessThan')
      const upTo = textIn(entry, 'lessThanOrEqual')
      const from = textIn(entry, 'version') ?? ''
      return below !== null ? `>=${from} <${below}` : upTo !== null ? `>=${from} <=${upTo}` : from
    })
  const text = ranges.filter((range) => range !== '').join(' || ')
  return text === '' ? null : text
}
