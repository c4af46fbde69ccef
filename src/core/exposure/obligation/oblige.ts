import type { Instant } from '../../kernel/instant.ts'
import { type Directive, refOf } from '../directives/directive.ts'
import { compareTiers } from '../directives/tier.ts'
import { dueAfter, endOfThatDay, startOf } from './clock.ts'
import type { Facts } from './facts.ts'
import { exposureInput, judgeBod, kevInput } from './judge-bod.ts'
import { judgeDeployer } from './judge-deployer.ts'
import { judgePolicy } from './judge-policy.ts'
import type { AnalogyWhy, Obligation, Reading } from './obligation.ts'
import type { Outcome } from './outcome.ts'
import { listedIn } from './signals.ts'
import { triageOf } from './triage.ts'

/** Which clock an organisation goes by where the directive is unclear. From the first start is the earlier and the default. */
export type ClockChoice = 'from-first' | 'from-change'

/**
 * What a directive obliges to about one flaw on one class of assets. Of two readings of missing metadata the one with the earlier
 * date is taken. `since` is when the tier last changed, where its history is known; without it, a listing in KEV after the
 * identification is the only change that the facts themselves tell of.
 */
export function oblige(
  directive: Directive,
  facts: Facts,
  choice: ClockChoice = 'from-first',
  since: Instant | null = null,
): Obligation {
  const outcomes = judgeAll(directive, facts)
  const [taken] = outcomes as [Outcome, ...Outcome[]]
  const start = startOf(directive, facts)
  const changed = start === null ? null : laterThan(start.at, [since, changeByListing(directive, facts, taken)])
  const readings = readingsOf(directive, facts, taken, choice, start?.at ?? null, changed)
  return {
    directive: refOf(directive),
    row: taken.row,
    tier: taken.tier,
    metadata: taken.metadata,
    inputs: taken.inputs,
    outcomes,
    start,
    since: changed,
    readings,
    due: readings.find(({ counts }) => counts)?.due ?? null,
    zone: 'UTC',
    analogy: analogyOf(directive, facts),
    triage: triageOf(taken.tier.triage, facts),
  }
}

/** The outcomes of a rule, the one with the least time first. */
export function judgeAll({ rule }: Directive, facts: Facts): readonly Outcome[] {
  const outcomes = judged(rule, facts)
  return outcomes.length === 1 ? outcomes : outcomes.toSorted((a, b) => compareTiers(a.tier, b.tier))
}

function judged(rule: Directive['rule'], facts: Facts): readonly Outcome[] {
  switch (rule.kind) {
    case 'bod-26-04':
      return judgeBod(rule, facts)
    case 'deployer':
      return judgeDeployer(rule, facts)
    case 'policy':
      return judgePolicy(rule, facts)
    case 'assigned': {
      const tier = listedIn(facts.signals) === null ? rule.unlisted : rule.listed
      return [{ metadata: 'as-stated', row: null, tier, inputs: [kevInput(facts)] }]
    }
    case 'none':
      return [{ metadata: 'as-stated', row: null, tier: rule.tier, inputs: [exposureInput(facts), kevInput(facts)] }]
  }
}

// A listing that came after the identification and changed the tier is a change that needs no history to be seen.
function changeByListing(directive: Directive, facts: Facts, taken: Outcome): Instant | null {
  const entry = listedIn(facts.signals)
  const { kev } = facts.signals
  if (entry === null || kev === null || facts.identified === null || entry.added <= facts.identified) return null
  const before = judgeAll(directive, { ...facts, signals: { ...facts.signals, kev: { ...kev, value: null } } })[0]!
  return before.tier.key === taken.tier.key ? null : entry.added
}

function laterThan(start: Instant, changes: readonly (Instant | null)[]): Instant | null {
  return changes.reduce<Instant | null>((late, at) => (at !== null && at > (late ?? start) ? at : late), null)
}

function readingsOf(
  directive: Directive,
  facts: Facts,
  { tier }: Outcome,
  choice: ClockChoice,
  start: Instant | null,
  since: Instant | null,
): readonly Reading[] {
  const { days } = tier
  const assigned = listedIn(facts.signals)?.due ?? null
  const byAssigned = directive.rule.kind === 'assigned'
  const readings: Reading[] = []
  const add = (reading: Reading['reading'], from: Instant | null, due: Instant | null, counts: boolean) =>
    readings.push({ reading, from, due, counts })
  if (!byAssigned && start !== null) {
    const due = (from: Instant) => (days === null ? null : dueAfter(from, days))
    add('from-first', start, due(start), since === null || choice === 'from-first')
    if (since !== null) add('from-change', since, due(since), choice === 'from-change')
  }
  // What KEV assigns is a fact of its own beside the computed date, whatever the rule.
  if (assigned !== null) add('assigned', listedIn(facts.signals)!.added, endOfThatDay(assigned), byAssigned && start !== null)
  return readings
}

function analogyOf(directive: Directive, facts: Facts): readonly AnalogyWhy[] {
  if (directive.id === 'own' || directive.id === 'none') return []
  if (directive.id === 'ssvc-deployer') return ['own-choice']
  const why: AnalogyWhy[] = []
  if (directive.needsCve && facts.cve === null) why.push('no-cve')
  if (facts.bound === false) why.push('not-bound')
  if (facts.bound === null) why.push('nobody-said-bound')
  return why
}
