import { evaluateTable } from '../../priority/decision-table.ts'
import { SIXTY_DAYS } from '../directives/bod-26-04.ts'
import type { DirectiveRule } from '../directives/directive.ts'
import type { Facts } from './facts.ts'
import type { Outcome } from './outcome.ts'
import { assumed, type RuleInput, stated } from './rule-input.ts'

type BodRule = Extract<DirectiveRule, { kind: 'bod-26-04' }>

/**
 * What Table 1 of BOD 26-04 says. Where automatable or technical impact is missing there are two readings and both are given: the
 * directive's own defaults (not automatable, total), and 60 days whatever the rest says. Which of them holds is unresolved.
 */
export function judgeBod(rule: BodRule, facts: Facts): readonly Outcome[] {
  const { automatable, impact } = facts.signals
  const inputs = [
    exposureInput(facts),
    kevInput(facts),
    automatable ? stated('automatable', automatable.value, automatable) : NOT_AUTOMATABLE,
    impact ? stated('technical-impact', impact.value, impact) : TOTAL,
  ]
  const [exposed, kev, a, ti] = inputs as [RuleInput, RuleInput, RuleInput, RuleInput]
  const judged = evaluateTable(rule.table, { PE: exposed.value, KEV: kev.value, A: a.value, TI: ti.value })
  // Every value comes from a closed union of this room: a refusal is a fault of ours.
  if (!judged.ok) throw new Error(judged.say)
  const tier = rule.tiers[judged.outcome.value]!
  if (automatable !== null && impact !== null) return [{ metadata: 'as-stated', row: judged.row, tier, inputs }]
  return [
    { metadata: 'no-and-total', row: judged.row, tier, inputs },
    { metadata: 'sixty-days', row: null, tier: SIXTY_DAYS, inputs },
  ]
}

const NOT_AUTOMATABLE = assumed('automatable', 'N', 'Nobody has judged whether an attack can be automated; taken as no.')
const TOTAL = assumed('technical-impact', 'T', 'Nobody has judged how far an attack reaches; taken as total.')
const EXPOSED = assumed(
  'publicly-exposed',
  'Y',
  'Nobody said whether the asset can be reached from public networks; taken as yes.',
)
const UNLISTED = assumed('in-kev', 'N', 'No catalogue of known exploited vulnerabilities was read; taken as not listed.')

/** Whether the asset is publicly exposed: not said counts as yes. */
export function exposureInput({ assets: { exposure } }: Facts): RuleInput {
  return exposure === null ? EXPOSED : stated('publicly-exposed', exposure.value === 'public' ? 'Y' : 'N', exposure)
}

/** Whether the flaw is in KEV: with no catalogue read, not, and marked. */
export function kevInput({ signals: { kev } }: Facts): RuleInput {
  return kev === null ? UNLISTED : stated('in-kev', kev.value === null ? 'N' : 'Y', kev)
}
