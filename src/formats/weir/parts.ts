import type { Evidence, Frame, Location, Provenance, SeverityClaim, Target } from '../../core/findings/finding.ts'
import { UNSTATED } from '../blank-finding.ts'
import { statedPurl } from '../ecosystem.ts'
import type { Fields } from '../json/strict.ts'
import { distinctClaims, severityOf } from '../severity.ts'
import { weaknessOf } from '../weakness.ts'
import { EVIDENCE_KINDS, SEVERITY_KINDS } from './words.ts'

export function readTarget(target: Fields | null): Target | null {
  if (!target) return null
  const text = target.text('purl')
  const stated = text === null ? null : statedPurl(text)
  if (text !== null && stated === null) target.fault('purl', 'purl is a package URL, for example pkg:npm/left-pad.')
  const repository = target.text('repository')
  const version = target.text('version')
  target.keepRest()
  if (stated === null && !repository) return null
  return { purl: stated?.purl ?? null, repository: repository || null, version: version ?? stated?.version ?? null }
}

export function readLocation(location: Fields): Location {
  const read = {
    path: location.text('path'),
    line: location.positive('line'),
    column: location.positive('column'),
    symbol: location.text('symbol'),
    snippet: location.text('snippet'),
  }
  location.keepRest()
  return read
}

export function readFrame(frame: Fields): Frame {
  const read = {
    symbol: frame.text('symbol'),
    path: frame.text('path'),
    line: frame.positive('line'),
    column: frame.positive('column'),
    module: frame.text('module'),
  }
  frame.keepRest()
  return read
}

export function readWeaknesses(finding: Fields): string[] {
  const ids = finding.list('weaknesses').map((value, index) => {
    return weaknessOf(value) ?? finding.fault(`weaknesses/${index}`, 'A weakness is a CWE id such as CWE-787, or its number.')
  })
  return [...new Set(ids.filter((id) => id !== null))]
}

/** `severities`, and `severity` as the short way to say one. */
export function readSeverities(finding: Fields): SeverityClaim[] {
  const short = finding.any('severity')
  const one = typeof short === 'string' || typeof short === 'number' ? severityOf(short, null) : null
  if (short !== undefined && one === null) finding.fault('severity', 'severity is a CVSS vector, a word or a number.')
  const many = finding.objects('severities').map((entry) => {
    const kind = entry.word('kind', SEVERITY_KINDS)
    const by = entry.text('by')
    const value = entry.any('value')
    entry.keepRest()
    const claim = typeof value === 'string' || typeof value === 'number' ? severityOf(value, by) : null
    if (claim === null) return entry.fault('value', 'value is a CVSS vector, a word or a number, and required.')
    return kind === null ? claim : { ...claim, kind }
  })
  return distinctClaims([...many, one])
}

export function readEvidence(evidence: Fields, index: number): Evidence {
  const content = evidence.text('content')
  const encoding = evidence.word('encoding', ['utf8', 'base64'] as const) ?? 'utf8'
  if (content === null) evidence.fault('content', 'content is a string, and required.')
  else if (encoding === 'base64' && !isBase64(content))
    evidence.fault('content', 'content is base64 (RFC 4648 section 4) with padding.')
  const read = {
    kind: evidence.word('kind', EVIDENCE_KINDS) ?? ('other' as const),
    name: evidence.text('name') ?? `evidence-${index + 1}`,
    mediaType: evidence.text('mediaType') ?? (encoding === 'utf8' ? 'text/plain' : 'application/octet-stream'),
    content: content ?? '',
    encoding,
  }
  evidence.keepRest()
  return read
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

/** The item's own provenance over the report's defaults, field by field. */
export function readProvenance(stated: Fields | null, defaults: Provenance = UNSTATED): Provenance {
  if (!stated) return defaults
  const read = {
    tool: stated.text('tool') ?? defaults.tool,
    toolVersion: stated.text('toolVersion') ?? defaults.toolVersion,
    model: stated.text('model') ?? defaults.model,
    modelVersion: stated.text('modelVersion') ?? defaults.modelVersion,
    humanValidated: stated.truth('humanValidated') ?? defaults.humanValidated,
    aiAssisted: stated.truth('aiAssisted') ?? defaults.aiAssisted,
  }
  stated.keepRest()
  return read
}
