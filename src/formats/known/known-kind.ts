import { isObject, own, textIn } from '../json/loose.ts'

/** The formats of other people's records that are read here. */
export type KnownKind =
  | 'osv'
  | 'cve'
  | 'csaf'
  | 'openvex'
  | 'cyclonedx-vex'
  | 'kev'
  | 'rubysec'
  | 'friends-of-php'
  | 'vulnrichment'

/** Which format one JSON record is of, by the fields its format demands; null where it is none of them. */
export function knownKind(value: unknown): KnownKind | null {
  if (!isObject(value)) return null
  const has = (name: string): boolean => own(value, name) !== undefined
  if (textIn(value, 'dataType') === 'CVE_RECORD' || (has('cveMetadata') && has('containers'))) return 'cve'
  if (isObject(own(value, 'document')) && (has('vulnerabilities') || has('product_tree'))) return 'csaf'
  if (/openvex/.test(textIn(value, '@context') ?? '')) return 'openvex'
  if (textIn(value, 'bomFormat') === 'CycloneDX') return has('vulnerabilities') ? 'cyclonedx-vex' : null
  if (has('catalogVersion') && has('vulnerabilities')) return 'kev'
  if (has('gem') && has('title')) return 'rubysec'
  if (has('branches') && (textIn(value, 'reference') ?? '').startsWith('composer://')) return 'friends-of-php'
  if (has('ssvc') && has('cve')) return 'vulnrichment'
  return textIn(value, 'id') !== null && (has('affected') || has('withdrawn') || has('modified')) ? 'osv' : null
}
