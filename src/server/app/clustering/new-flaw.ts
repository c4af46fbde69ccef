import type { Summary } from '../../../core/findings/summary.ts'
import { searchWords } from '../../../core/findings/summary.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import { firstCut } from '../../../core/priority/first-cut.ts'
import { assumedInputs } from '../../../core/priority/judgement.ts'
import { priorityRank, staffOf } from '../../../core/priority/staff.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import type { FlawRowOf } from '../findings/rows.ts'
import { factsOf } from '../flaws/first-judgements.ts'
import { needOf } from '../flaws/tally-flaw.ts'
import type { Waiting } from './load-batch.ts'

/** The row of a flaw that its first finding opens, with the first cut of its priority (every unjudged input assumed). */
export function newFlaw(
  { flaw, lead }: { flaw: string; lead: Waiting },
  gist: { summary: Summary },
  macs: IntakeMacs,
  now: number,
): FlawRowOf {
  const { summary } = gist
  const cut = firstCut(factsOf(summary), now as Instant)
  const word = staffOf(cut.supplier.outcome)!
  const rank = priorityRank(word)
  return {
    target_key: lead.targetKey,
    id: flaw,
    version: 1,
    state: 'open',
    lead_finding: lead.id,
    key_slot: lead.slot,
    summary: lead.sealedFeatures,
    need: needOf({ asked: false, waiting: lead.state === 'needs-info', judged: false, rank }),
    merged_into: null,
    priority: JSON.stringify({ outcome: word, table: cut.supplier.table, assumed: assumedInputs(cut.supplier) }),
    priority_rank: rank,
    score: scoreOf(summary),
    findings: 1,
    finders: 1,
    first_at: lead.receivedAt,
    last_at: lead.receivedAt,
    words: searchWords(summary).map((one) => macs.word(one)),
  }
}

/** The finder's score for sorting: from the vector, or the number as stated; words give none. */
function scoreOf({ severity }: Summary): number | null {
  if (severity === null) return null
  if (severity.kind === 'number') return /^(10|\d)(\.\d+)?$/.test(severity.value) ? Number(severity.value) : null
  const scored = severity.kind === 'word' ? null : scoreVector(severity.value)
  return scored?.ok ? scored.score : null
}
