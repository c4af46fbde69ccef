import type { FlawNeed, FlawRow, PriorityOut, SeverityOut } from '../../../contract/shapes/flaw.ts'
import type { SeverityClaim } from '../../../core/findings/finding.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import type { KeyStore } from '../../store/keys/key-store.ts'
import type { FlawTable, ProofState } from '../../store/tables.ts'
import { openGist } from '../findings/sealing.ts'
import { needWords } from './need-words.ts'

export type StoredFlaw = Pick<
  FlawTable,
  | 'id'
  | 'version'
  | 'state'
  | 'lead_finding'
  | 'key_slot'
  | 'summary'
  | 'need'
  | 'merged_into'
  | 'priority'
  | 'priority_rank'
  | 'score'
  | 'findings'
  | 'finders'
  | 'first_at'
  | 'last_at'
> & { readonly proof: ProofState }

export const FLAW_COLUMNS = [
  'id',
  'version',
  'state',
  'lead_finding',
  'key_slot',
  'summary',
  'need',
  'merged_into',
  'priority',
  'priority_rank',
  'score',
  'findings',
  'finders',
  'first_at',
  'last_at',
  'proof',
] as const

/** The inputs that the first cut assumed because nobody judged them yet; stored as text with the outcome. */
export interface StoredPriority {
  readonly outcome: PriorityOut['outcome']
  readonly table: string
  readonly assumed: readonly string[]
}

/** Opens stored flaws into lines of the queue, with what is `asked` about each. A flaw whose key was erased keeps its line and says so. */
export function flawRows(
  keys: KeyStore,
  flaws: readonly StoredFlaw[],
  asked: ReadonlyMap<string, string> = new Map(),
): FlawRow[] {
  const opened = keys.get(flaws.map((flaw) => flaw.key_slot))
  return flaws.map((flaw, i) => flawRow(flaw, opened[i] ?? null, asked.get(flaw.id)))
}

function flawRow(flaw: StoredFlaw, key: Buffer | null, asked: string | undefined): FlawRow {
  const summary = key === null ? null : openGist(key, flaw.lead_finding, flaw.summary).summary
  const need = flaw.state === 'open' ? (flaw.need as FlawNeed) : 'nothing'
  return {
    id: flaw.id,
    version: flaw.version,
    title: summary?.title ?? 'Erased under its terms',
    target: targetText(summary),
    need,
    needSays: needWords(need, asked),
    priority: priorityOf(flaw.priority),
    severity: summary?.severity ? severityOut(summary.severity, 'finder', 'finder') : null,
    weakness: summary?.weakness ?? null,
    findings: flaw.findings,
    finders: flaw.finders,
    proof: flaw.proof,
    firstAt: formatInstant(instant(flaw.first_at)),
    lastAt: formatInstant(instant(flaw.last_at)),
    state: flaw.state,
  }
}

function targetText(summary: { target: string | null; version: string | null } | null): string | null {
  if (summary === null || summary.target === null) return null
  return summary.version !== null && summary.target.startsWith('pkg:') ? `${summary.target}@${summary.version}` : summary.target
}

export function priorityOf(stored: string | null): PriorityOut | null {
  if (stored === null) return null
  const { outcome, table, assumed } = JSON.parse(stored) as StoredPriority
  return { outcome, table, assumed: [...assumed] }
}

/** One stated severity with the score that its vector gives; a word or a bare number stays as it was said. */
export function severityOut(claim: SeverityClaim, voice: SeverityOut['voice'], by: string): SeverityOut {
  const scored = claim.kind.startsWith('cvss') ? scoreVector(claim.value) : null
  const number = claim.kind === 'number' && /^\d{1,2}(\.\d{1,3})?$/.test(claim.value) ? Number(claim.value) : null
  return {
    kind: claim.kind,
    value: claim.value,
    voice,
    by: claim.by ?? by,
    score: scored?.ok ? scored.score : number !== null && number <= 10 ? number : null,
    word: scored?.ok ? scored.severity : claim.kind === 'word' ? claim.value : null,
  }
}
