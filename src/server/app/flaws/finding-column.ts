import type { FindingColumn } from '../../../contract/shapes/flaw.ts'
import type { Evidence, Finding, Provenance } from '../../../core/findings/finding.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { severityOut } from './flaw-view.ts'

export interface StoredColumn {
  readonly id: string
  readonly organisation: string
  readonly organisationName: string
  readonly receipt: string
  readonly receivedAt: number
  readonly released: boolean
  readonly joined: { readonly at: number; readonly reason: string; readonly algorithm: string; readonly score: number }
}

const SHOWN_TEXT = 64 << 10
const SHOWN_LOG = 128 << 10

/** One opened finding as a column of the flaw's page; a finding whose key was erased keeps its dates and its finder. */
export function findingColumn(stored: StoredColumn, finding: Finding | null, n: number): FindingColumn {
  const base = {
    id: stored.id,
    letter: letterOf(n),
    finder: { id: stored.organisation, name: stored.organisationName },
    receipt: stored.receipt,
    receivedAt: formatInstant(instant(stored.receivedAt)),
    released: stored.released,
    joined: {
      at: formatInstant(instant(stored.joined.at)),
      say: stored.joined.reason,
      algorithm: stored.joined.algorithm,
      score: stored.joined.score,
    },
  }
  if (finding === null) return { ...base, ...ERASED }
  const place = finding.locations[0]
  return {
    ...base,
    foundBy: foundBy(finding.provenance),
    title: finding.title,
    text: finding.text.slice(0, SHOWN_TEXT),
    target: finding.target?.purl ?? finding.target?.repository ?? null,
    version: finding.target?.version ?? null,
    weaknesses: [...finding.weaknesses],
    rule: finding.rule,
    crash: finding.crash === null ? null : crashText(finding),
    frames: finding.stack.slice(0, 12).map(({ symbol, path, line }) => ({ symbol, path, line })),
    path: place?.path ?? null,
    line: place?.line ?? null,
    symbol: place?.symbol ?? null,
    severities: finding.severities.map((claim) => severityOut(claim, 'finder', stored.organisationName)),
    aliases: [...finding.aliases],
    references: [...finding.references].slice(0, 50),
    evidence: finding.evidence.slice(0, 20).map(evidenceOut),
  }
}

const ERASED = {
  foundBy: '',
  title: 'Erased under its terms',
  text: '',
  target: null,
  version: null,
  weaknesses: [],
  rule: null,
  crash: null,
  frames: [],
  path: null,
  line: null,
  symbol: null,
  severities: [],
  aliases: [],
  references: [],
  evidence: [],
}

/** A to Z, then AA, AB …: short names for the columns of one page. */
export function letterOf(n: number): string {
  const letter = String.fromCharCode(65 + (n % 26))
  return n < 26 ? letter : letterOf(Math.floor(n / 26) - 1) + letter
}

/** Who or what found it, in words; what was not stated is not guessed. */
export function foundBy(provenance: Provenance): string {
  const named = (name: string | null, version: string | null) =>
    name === null ? null : version === null ? name : `${name} ${version}`
  const parts = [named(provenance.tool, provenance.toolVersion), named(provenance.model, provenance.modelVersion)].filter(
    (part) => part !== null,
  )
  if (provenance.model === null && provenance.aiAssisted === true) parts.push('with AI')
  const what = parts.length > 0 ? parts.join(' and ') : 'Not stated'
  if (provenance.humanValidated === null) return what
  return `${what}, ${provenance.humanValidated ? 'read by a person' : 'no person read it'}`
}

function crashText({ crash }: Finding): string {
  if (crash === null) return ''
  const access = crash.access === null ? '' : `, ${crash.access}${crash.size === null ? '' : ` of ${crash.size}`}`
  return `${crash.kind}${access}`
}

function evidenceOut(evidence: Evidence): FindingColumn['evidence'][number] {
  const bytes =
    evidence.encoding === 'base64' ? Math.floor((evidence.content.length * 3) / 4) : Buffer.byteLength(evidence.content)
  const text = evidence.encoding === 'utf8' ? evidence.content.slice(0, SHOWN_LOG) : null
  return { kind: evidence.kind, name: evidence.name, mediaType: evidence.mediaType, bytes, text }
}
