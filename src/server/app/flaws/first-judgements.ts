import type { JudgementOut } from '../../../contract/shapes/flaw.ts'
import type { Summary } from '../../../core/findings/summary.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { type FlawFacts, firstCut } from '../../../core/priority/first-cut.ts'
import { judgementOut } from './judgement-view.ts'

/** What a first judgement may lean on: what the finding states, and nothing that nobody said. */
export function factsOf(summary: Summary): FlawFacts {
  const { severity } = summary
  return {
    cvss: severity?.kind.startsWith('cvss') ? [{ vector: severity.value, by: 'finder' }] : [],
    crash: summary.crash,
    reproducer: summary.reproducer,
    publicAliases: summary.aliases,
    finders: 1,
    aiAssisted: summary.aiAssisted,
    humanValidated: summary.humanValidated,
    supplierContacted: null,
  }
}

/** Supplier priority, our triage and the stock one beside it, as they stand before anybody judged. */
export function firstJudgements(summary: Summary, openedAt: Instant): JudgementOut[] {
  const { supplier, triageOurs, triageStock } = firstCut(factsOf(summary), openedAt)
  return [supplier, triageOurs, triageStock].map((judgement) =>
    judgementOut({
      table_id: judgement.table,
      outcome: judgement.outcome.value,
      by_voice: 'system',
      person_name: null,
      at: judgement.at,
      inputs: judgement.selections,
    }),
  )
}
