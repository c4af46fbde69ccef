import { DECISION_METHOD, decide } from '../decision/decide.ts'
import type { Evidence } from '../decision/evidence.ts'
import type { Plan } from '../plan/plan.ts'
import { deepRounded } from './rounded.ts'
import type { DecisionFigure } from './shape.ts'

/**
 * Runs the plan and keeps what may leave: with a sealed threshold outcome, method and commitment alone. `commit` is a keyed digest of
 * a text, in hex; null where there is no key.
 */
export function decisionFigure(
  plan: Plan,
  digest: string,
  evidence: Evidence,
  commit: ((text: string) => string) | null,
): DecisionFigure {
  const { outcome, say, criteria } = decide(plan, evidence)
  const commitment = commit === null ? null : commit(commitmentText(digest, outcome))
  const shown = plan.threshold === 'published' ? deepRounded({ plan, criteria }) : null
  return { outcome, say, method: DECISION_METHOD, plan: digest, commitment, shown }
}

/** What a commitment is made over: an inspector with the key checks that the outcome is the plan's. */
export function commitmentText(digest: string, outcome: string): string {
  return `${DECISION_METHOD}\n${digest}\n${outcome}\n`
}
