import type { DirectiveRule } from '../directives/directive.ts'
import { type PolicyWhen, SEVERITIES } from '../directives/policy/policy.ts'
import type { Facts } from './facts.ts'
import type { Metadata, Outcome } from './outcome.ts'
import { assumed, type InputName, type RuleInput, stated } from './rule-input.ts'
import type { Stated } from './stated.ts'

type OwnRule = Extract<DirectiveRule, { kind: 'policy' }>

/**
 * What an organisation's own policy says. Where a condition asks for what nobody said, both readings are given: it holds, and it does
 * not. An asset that is not tagged counts as public in both.
 */
export function judgePolicy(rule: OwnRule, facts: Facts): readonly Outcome[] {
  const one = readAs(rule, facts, true)
  const other = readAs(rule, facts, false)
  return one.row === other.row ? [{ ...other, metadata: 'as-stated' }] : [one, other]
}

function readAs(rule: OwnRule, facts: Facts, unknown: boolean): Outcome {
  const metadata: Metadata = unknown ? 'unknown-holds' : 'unknown-does-not'
  const inputs = new Map<string, RuleInput>()
  for (const [n, { when }] of rule.policy.rules.entries()) {
    let holds = true
    for (const asked of conditions(when, facts)) {
      const met = asked.holds ?? unknown
      inputs.set(asked.key, inputOf(asked, met))
      if (!met) holds = false
    }
    if (holds) return { metadata, row: n + 1, tier: rule.tiers[n]!, inputs: [...inputs.values()] }
  }
  return { metadata, row: null, tier: rule.tiers.at(-1)!, inputs: [...inputs.values()] }
}

/** One condition: what is asked, who answered, and whether it holds; null: nobody said. */
interface Asked {
  readonly key: string
  readonly input: InputName
  readonly said: Omit<Stated<unknown>, 'value'> | null
  readonly holds: boolean | null
}

function inputOf({ key, input, said }: Asked, met: boolean): RuleInput {
  const value = `${key}: ${met ? 'yes' : 'no'}`
  if (said !== null) return stated(input, value, said)
  return assumed(input, value, `Nobody said; read as ${met ? 'yes' : 'no'}.`)
}

const POC = ['none', 'poc', 'active'] as const
const POC_KEYS = ['N', 'P', 'A']
const TAGGED = { by: 'operator', source: 'asset tags', at: null }

function conditions(when: PolicyWhen, { signals, assets }: Facts): readonly Asked[] {
  const asked: Asked[] = []
  const ask = <T>(key: string, input: InputName, said: Stated<T> | null, met: (value: T) => boolean) =>
    asked.push({ key, input, said, holds: said === null ? null : met(said.value) })
  const { severity, kev, epss, exploitation, automatable, impact, exposure, environment, unit, type } = when
  if (exposure !== null) {
    const said = assets.exposure
    asked.push({ key: exposure, input: 'publicly-exposed', said, holds: (said?.value ?? 'public') === exposure })
  }
  if (kev !== null) ask(kev ? 'listed' : 'not listed', 'in-kev', signals.kev, (entry) => (entry !== null) === kev)
  if (severity !== null) {
    const least = SEVERITIES.indexOf(severity)
    ask(`at least ${severity}`, 'severity', signals.severity, (word) => SEVERITIES.indexOf(word) >= least)
  }
  if (epss !== null) ask(`at least ${epss}`, 'epss', signals.epss, (chance) => chance >= epss)
  if (exploitation !== null) {
    const least = POC.indexOf(exploitation)
    ask(`at least ${exploitation}`, 'exploitation', signals.exploitation, (key) => POC_KEYS.indexOf(key) >= least)
  }
  if (automatable !== null)
    ask(
      automatable ? 'automatable' : 'not automatable',
      'automatable',
      signals.automatable,
      (key) => (key === 'Y') === automatable,
    )
  if (impact !== null) ask(impact, 'technical-impact', signals.impact, (key) => (key === 'T') === (impact === 'total'))
  for (const [name, wanted, has] of [
    ['environment', environment, assets.environment],
    ['unit', unit, assets.unit],
    ['type', type, assets.type],
  ] as const) {
    if (wanted !== null)
      asked.push({
        key: `${name} ${wanted}`,
        input: 'tag',
        said: has === null ? null : TAGGED,
        holds: has === null ? null : has === wanted,
      })
  }
  return asked
}
