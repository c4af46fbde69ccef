import type { Outcome } from '../../docket/docket.ts'
import type { Combination, Plan } from '../plan/plan.ts'
import type { Evidence } from './evidence.ts'
import { type Judged, judgeCriterion } from './judge-criterion.ts'

/** What the rule came to. Only `outcome`, the method and a commitment may leave where the criteria are sealed. */
export interface Decided {
  readonly outcome: Outcome
  /** One sentence without a number of any criterion. */
  readonly say: string
  readonly criteria: readonly Judged[]
}

export const DECISION_METHOD = 'weir-decision-1'

const SAYS: Readonly<Record<Outcome, string>> = {
  met: 'The rule is met: the measurement lies above it with its whole interval, in the multiverse too.',
  'not-met': 'The rule is not met: the measurement lies below it with its whole interval, in the multiverse too.',
  undetermined: 'Undetermined: the measurement does not say on which side of the rule the model lies.',
  'not-assessable': 'Not assessable: the measurement does not have what the plan asks for.',
}

/** Judges evidence by a plan. Pure: equal arguments, equal outcome; minimum data come before any criterion. */
export function decide(plan: Plan, evidence: Evidence): Decided {
  const lacking = lackingOf(plan, evidence)
  if (lacking !== null) return { outcome: 'not-assessable', say: `${SAYS['not-assessable']} ${lacking}`, criteria: [] }
  const criteria = plan.criteria.map((criterion) => judgeCriterion(criterion, plan, evidence))
  const outcome = combine(
    plan.combine,
    criteria.map((one) => one.outcome),
  )
  return { outcome, say: SAYS[outcome], criteria }
}

function lackingOf({ suite, elicitation, minimum }: Plan, evidence: Evidence): string | null {
  const { counts } = evidence.horizon
  if (evidence.suite === null || evidence.suite.name !== suite.name || evidence.suite.version !== suite.version)
    return `The plan is for suite ${suite.name} ${suite.version}; that is not what was run.`
  if (elicitation !== null && evidence.elicitation.some((name) => name !== elicitation))
    return `The plan is for the elicitation profile ${elicitation}; others were run.`
  if (counts.tasks < minimum.tasks) return `${counts.tasks} tasks were run; the plan asks for ${minimum.tasks}.`
  if (counts.families < minimum.families) return `${counts.families} families were run; the plan asks for ${minimum.families}.`
  if (evidence.missingShare > minimum.missing)
    return `${(100 * evidence.missingShare).toFixed(1)} % of the attempts are missing; the plan takes ${(100 * minimum.missing).toFixed(1)} %.`
  return null
}

/**
 * Combines outcomes in three-valued logic: what is undetermined or not assessable never decides alone, and stays where it could have
 * turned the result. Not assessable wins over undetermined when nothing else decides.
 */
export function combine(rule: Combination, outcomes: readonly Outcome[]): Outcome {
  const weights = rule.rule === 'weighted' ? rule.weights : outcomes.map(() => 1)
  const weigh = (which: (outcome: Outcome) => boolean) =>
    outcomes.reduce((sum, outcome, i) => sum + (which(outcome) ? (weights[i] ?? 0) : 0), 0)
  const all = weigh(() => true)
  const met = weigh((outcome) => outcome === 'met')
  const possible = weigh((outcome) => outcome !== 'not-met')
  // A hair below the sum, so that rounding of the weights turns nothing.
  const needed = rule.rule === 'any' ? Number.MIN_VALUE : (rule.rule === 'all' ? all : rule.atLeast * all) * (1 - 1e-12)
  if (all > 0 && met >= needed) return 'met'
  if (possible < needed) return 'not-met'
  return outcomes.some((outcome) => outcome === 'undetermined') ? 'undetermined' : 'not-assessable'
}
