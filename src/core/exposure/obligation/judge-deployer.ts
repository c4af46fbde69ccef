import { evaluateTable } from '../../priority/decision-table.ts'
import type { DirectiveRule } from '../directives/directive.ts'
import type { Facts } from './facts.ts'
import type { Outcome } from './outcome.ts'
import { assumed, type RuleInput, stated } from './rule-input.ts'
import { listedIn } from './signals.ts'

type DeployerRule = Extract<DirectiveRule, { kind: 'deployer' }>

/** What SSVC's deployer table says. Exposure stands for system exposure; the impact on people is the operator's to judge, else assumed. */
export function judgeDeployer(rule: DeployerRule, facts: Facts): readonly Outcome[] {
  const { humanImpact } = facts
  const { automatable } = facts.signals
  const inputs = [
    exploitation(facts),
    systemExposure(facts),
    automatable ? stated('automatable', automatable.value, automatable) : AUTOMATABLE,
    humanImpact ? stated('human-impact', humanImpact.value, humanImpact) : HUMAN,
  ]
  const [e, exposure, a, hi] = inputs as [RuleInput, RuleInput, RuleInput, RuleInput]
  const judged = evaluateTable(rule.table, { E: e.value, EXP: exposure.value, A: a.value, HI: hi.value })
  // Every value comes from a closed union of this room: a refusal is a fault of ours.
  if (!judged.ok) throw new Error(judged.say)
  return [{ metadata: 'as-stated', row: judged.row, tier: rule.tiers[judged.outcome.value]!, inputs }]
}

const AUTOMATABLE = assumed('automatable', 'Y', 'Nobody has judged whether an attack can be automated; taken as yes.')
const HUMAN = assumed('human-impact', 'M', 'Nobody has judged the impact on people and mission; taken as medium.')
const OPEN = assumed(
  'publicly-exposed',
  'O',
  'Nobody said whether the asset can be reached from public networks; taken as open.',
)
const NONE = assumed('exploitation', 'N', 'Nobody has stated exploitation or a public proof of concept.')

// Listed as exploited is exploited, whatever an older judgement said.
function exploitation({ signals }: Facts): RuleInput {
  const { kev, exploitation: said } = signals
  if (kev !== null && listedIn(signals) !== null) return stated('exploitation', 'A', kev)
  return said === null ? NONE : stated('exploitation', said.value, said)
}

function systemExposure({ assets: { exposure } }: Facts): RuleInput {
  return exposure === null ? OPEN : stated('publicly-exposed', exposure.value === 'public' ? 'O' : 'C', exposure)
}
