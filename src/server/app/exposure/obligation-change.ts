import { refOf } from '../../../core/exposure/directives/directive.ts'
import { tagsAsked } from '../../../core/exposure/obligation/asset-class.ts'
import type { Change } from '../../../core/exposure/obligation/change.ts'
import { datingOf, sameDating } from '../../../core/exposure/obligation/dating.ts'
import type { Facts } from '../../../core/exposure/obligation/facts.ts'
import { decideItem } from '../../../core/exposure/obligation/item/decide-item.ts'
import { evolveItem } from '../../../core/exposure/obligation/item/evolve-item.ts'
import type { ObligationItem } from '../../../core/exposure/obligation/item/item.ts'
import type { ItemCommand } from '../../../core/exposure/obligation/item/item-command.ts'
import type { ItemEvent } from '../../../core/exposure/obligation/item/item-event.ts'
import { oblige } from '../../../core/exposure/obligation/oblige.ts'
import type { Stated } from '../../../core/exposure/obligation/stated.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { GoesBy } from './obligation-rule.ts'

export interface Told {
  readonly item: ObligationItem
  readonly events: readonly ItemEvent[]
}

/** What Weir itself tells an item; a refusal of the machine changes nothing. */
export function tell({ item, events }: Told, command: ItemCommand, rule: GoesBy, now: Instant): Told {
  const directive = rule.find(item.dating.directive) ?? rule.directive
  const decided = decideItem(item, command, { by: null, now, directive, find: rule.find })
  if (!decided.ok) return { item, events }
  return { item: decided.events.reduce<ObligationItem>(evolveItem, item), events: [...events, ...decided.events] }
}

/** An item under the facts and the rule as they are now: each difference is a change with its reason, and the old date stays in the history. */
export function underFacts(told: Told, facts: Facts, rule: GoesBy, now: Instant): Told {
  let after = told
  for (const change of changes(told.item, facts, rule, now)) after = tell(after, { do: 'change', change }, rule, now)
  if (after.item.choice === rule.choice) return after
  const item = { ...after.item, choice: rule.choice }
  const to = datingOf(oblige(rule.directive, item.facts, rule.choice, item.dating.since))
  if (sameDating(item.dating, to)) return { ...after, item }
  const history = [...item.history, { at: now, because: 'directive' as const, from: item.dating, to }]
  return { ...after, item: { ...item, dating: to, history } }
}

function changes(item: ObligationItem, facts: Facts, rule: GoesBy, at: Instant): Change[] {
  const was = item.facts
  const [a, b] = [was.signals, facts.signals]
  const found: Change[] = []
  if (was.cve !== facts.cve) found.push({ of: 'cve', at, cve: facts.cve })
  if (differ(a.kev, b.kev)) found.push({ of: 'kev', at, kev: b.kev })
  if (differ(a.exploitation, b.exploitation) || differ(a.automatable, b.automatable) || differ(a.impact, b.impact)) {
    const { exploitation, automatable, impact } = b
    found.push({ of: 'ssvc', at, exploitation, automatable, impact })
  }
  if (differ(a.epss, b.epss)) found.push({ of: 'epss', at, epss: b.epss })
  if (differ(a.severity, b.severity)) found.push({ of: 'severity', at, severity: b.severity })
  if (differ(was.assets.exposure, facts.assets.exposure)) found.push({ of: 'exposure', at, exposure: facts.assets.exposure })
  const { environment, unit, type } = facts.assets
  if (tagsAsked(rule.directive).some((tag) => was.assets[tag] !== facts.assets[tag]))
    found.push({ of: 'tags', at, tags: { environment, unit, type } })
  if (differ(was.humanImpact, facts.humanImpact)) found.push({ of: 'human-impact', at, humanImpact: facts.humanImpact })
  if (facts.identified !== null && (was.identified === null || facts.identified < was.identified))
    found.push({ of: 'identified', at, identified: facts.identified })
  if (was.bound !== facts.bound) found.push({ of: 'bound', at, bound: facts.bound })
  const directive = refOf(rule.directive)
  if (item.dating.directive !== directive) found.push({ of: 'directive', at, directive })
  return found
}

// Who says it, and when, may be another edition of the same: only the value moves a date.
function differ(a: Stated<unknown> | null, b: Stated<unknown> | null): boolean {
  return (a === null) !== (b === null) || JSON.stringify(a?.value) !== JSON.stringify(b?.value)
}
