import type { Location, SeverityClaim, Target } from '../../core/findings/finding.ts'
import { BLANK, NOWHERE } from '../blank-finding.ts'
import { purlOfPackage } from '../ecosystem.ts'
import { isObject, type JsonObject, listIn, objectIn, objectsIn, otherFields, textIn, textsIn } from '../json/loose.ts'
import { type Mapped, refuseItem } from '../json/reading.ts'
import { needsOf } from '../needs.ts'
import { distinctClaims, severityOf } from '../severity.ts'
import { titleOf } from '../title.ts'
import { weaknessOf } from '../weakness.ts'

const MAPPED = new Set([
  'ghsa_id',
  'cve_id',
  'identifiers',
  'summary',
  'description',
  'severity',
  'cvss',
  'cvss_severities',
  'cwes',
  'cwe_ids',
  'references',
  'html_url',
  'source_code_location',
  'vulnerabilities',
])

/** One finding of one advisory as GitHub's REST API gives it, global or of a repository (API version 2022-11-28). */
export function mapGhsa(value: unknown, at: string): Mapped {
  if (!isObject(value)) return refuseItem('item.wrong-type', at, 'Send a GitHub advisory as a JSON object.')
  const id = textIn(value, 'ghsa_id')
  if (id === null) return refuseItem('item.missing-field', `${at}/ghsa_id`, 'Give the advisory its ghsa_id.')
  if (textIn(value, 'withdrawn_at') !== null || textIn(value, 'state') === 'withdrawn') {
    return refuseItem(
      'item.nothing-claimed',
      `${at}/withdrawn_at`,
      'The advisory is withdrawn; send it once it claims a flaw again.',
    )
  }
  const affected = objectsIn(value, 'vulnerabilities')
  const text = textIn(value, 'description') ?? textIn(value, 'summary') ?? ''
  const identifiers = objectsIn(value, 'identifiers').flatMap((entry) => textIn(entry, 'value') ?? [])
  const finding = {
    ...BLANK,
    title: titleOf(textIn(value, 'summary'), text),
    text,
    target: targetOf(affected[0], repositoryOf(value)),
    locations: locationsOf(affected[0]),
    weaknesses: weaknessesOf(value),
    severities: severitiesOf(value),
    aliases: [...new Set([id, ...identifiers, ...(textIn(value, 'cve_id') === null ? [] : [textIn(value, 'cve_id')!])])],
    references: referencesOf(value),
    extra: affected.length > 0 ? { ...otherFields(value, MAPPED), affected } : otherFields(value, MAPPED),
  }
  return { ok: true, finding, key: null, needs: needsOf(finding) }
}

function repositoryOf(advisory: JsonObject): string | null {
  const stated = textIn(advisory, 'source_code_location')
  if (stated !== null) return stated
  // A repository's own advisory states its repository in its address only.
  const page = textIn(advisory, 'html_url') ?? ''
  return /^(https:\/\/github\.com\/[\w.-]{1,100}\/[\w.-]{1,100})\/security\/advisories\//.exec(page)?.[1] ?? null
}

function targetOf(affected: JsonObject | undefined, repository: string | null): Target | null {
  const named = affected ? objectIn(affected, 'package') : {}
  const purl = purlOfPackage(textIn(named, 'ecosystem') ?? '', textIn(named, 'name') ?? '')
  if (purl === null && repository === null) return null
  return { purl, repository, version: affected ? textIn(affected, 'vulnerable_version_range') : null }
}

function locationsOf(affected: JsonObject | undefined): Location[] {
  return affected ? textsIn(affected, 'vulnerable_functions').map((symbol) => ({ ...NOWHERE, symbol })) : []
}

function weaknessesOf(advisory: JsonObject): string[] {
  const stated = [...objectsIn(advisory, 'cwes').map((entry) => textIn(entry, 'cwe_id')), ...listIn(advisory, 'cwe_ids')]
  return [...new Set(stated.map(weaknessOf).filter((id) => id !== null))]
}

function severitiesOf(advisory: JsonObject): SeverityClaim[] {
  const scores = objectIn(advisory, 'cvss_severities')
  const vectors = [objectIn(scores, 'cvss_v4'), objectIn(scores, 'cvss_v3'), objectIn(advisory, 'cvss')]
  return distinctClaims([
    ...vectors.map((holder) => severityOf(textIn(holder, 'vector_string') ?? '', null)),
    severityOf(textIn(advisory, 'severity') ?? '', null),
  ])
}

function referencesOf(advisory: JsonObject): string[] {
  const listed = listIn(advisory, 'references').map((entry) => (isObject(entry) ? textIn(entry, 'url') : entry))
  const stated = [...listed, textIn(advisory, 'html_url')]
  return [...new Set(stated.filter((url): url is string => typeof url === 'string' && url !== ''))]
}
