import type { Crash, Finding, SeverityClaim } from './finding.ts'
import { projectFrames } from './frames/project-frames.ts'

/** The few plain facts of a finding that a line of a list shows; sealed at rest with the finding's own key. */
export interface Summary {
  readonly title: string
  readonly target: string | null
  readonly version: string | null
  readonly weakness: string | null
  readonly path: string | null
  readonly line: number | null
  readonly symbol: string | null
  readonly tool: string | null
  readonly severity: SeverityClaim | null
  /** What a first judgement leans on. */
  readonly crash: Pick<Crash, 'kind' | 'access'> | null
  readonly reproducer: boolean
  readonly aliases: readonly string[]
  readonly aiAssisted: boolean | null
  readonly humanValidated: boolean | null
}

const VECTORS: readonly SeverityClaim['kind'][] = ['cvss-4.0', 'cvss-3.1', 'cvss-3.0', 'number', 'word', 'cvss-2']

/** Cuts a finding down to its line; of several severities the most exact kind stands. */
export function summaryOf(finding: Finding): Summary {
  const place = finding.locations[0] ?? null
  const frame = projectFrames(finding.stack)[0] ?? null
  return {
    title: finding.title,
    target: finding.target?.purl ?? finding.target?.repository ?? null,
    version: finding.target?.version ?? null,
    weakness: finding.weaknesses[0] ?? null,
    path: place?.path ?? frame?.path ?? null,
    line: place?.line ?? frame?.line ?? null,
    symbol: place?.symbol ?? frame?.symbol ?? null,
    tool: finding.provenance.tool,
    severity:
      VECTORS.map((kind) => finding.severities.find((claim) => claim.kind === kind)).find((claim) => claim !== undefined) ??
      null,
    crash: finding.crash === null ? null : { kind: finding.crash.kind, access: finding.crash.access },
    reproducer: finding.evidence.some((one) => one.kind === 'reproducer'),
    aliases: finding.aliases.slice(0, 10),
    aiAssisted: finding.provenance.aiAssisted,
    humanValidated: finding.provenance.humanValidated,
  }
}

const WORD = /[\p{L}\p{N}_]{2,40}/gu
const MOST_WORDS = 16
// Words that every title has find nothing.
const EMPTY = new Set(
  'in of the an to is by for on with at from when and or may can be not as it its this that via into'.split(' '),
)

/** Words to find a flaw by: of its target, symbol, weakness, path and title, lower case, at most 16. */
export function searchWords(summary: Pick<Summary, 'title' | 'target' | 'symbol' | 'weakness' | 'path'>): readonly string[] {
  const text = [summary.target, summary.symbol, summary.weakness, summary.title, summary.path]
    .filter((part) => part !== null)
    .join(' ')
  const words = new Set((text.slice(0, 1000).toLowerCase().match(WORD) ?? []).filter((word) => !EMPTY.has(word)))
  return [...words].slice(0, MOST_WORDS)
}
