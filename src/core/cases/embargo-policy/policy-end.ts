import type { Instant } from '../../kernel/instant.ts'
import { anchored, type ChosenPolicy, daysAfter, type EmbargoFacts, type Input, meets } from './embargo-facts.ts'
import type { EmbargoPolicy, EmbargoRule, Extension, When } from './embargo-rule.ts'
import type { WhyEffect, WhyLine } from './why-line.ts'

/** What one party's policy by itself comes to. */
export interface PolicyEnd {
  readonly policy: Pick<EmbargoPolicy, 'id' | 'version' | 'name' | 'class'>
  readonly party: string
  readonly endsAt: When<Instant>
  /** When technical details may follow; never before the end. */
  readonly detailsAt: When<Instant>
  readonly existenceAt: Instant | null
  readonly lines: readonly WhyLine[]
}

type RuleOf<Kind extends EmbargoRule['kind']> = Extract<EmbargoRule, { kind: Kind }>
type Say = (rule: EmbargoRule | null, effect: WhyEffect, at?: When<Instant>, inputs?: readonly Input[]) => WhyLine

/** The line of that policy and party about a rule, or about the whole. */
export function lineOf({ policy, party }: Pick<PolicyEnd, 'policy' | 'party'>): Say {
  const { id, version, name } = policy
  return (rule, effect, at = null, inputs = []) => ({
    policy: id,
    version,
    name,
    party,
    rule,
    effect,
    inputs,
    at,
    against: null,
  })
}

/**
 * When an embargo would end under one policy alone: at the earliest of its clocks that have begun, at its maximum, or when it lets
 * technical details out. Null: it gives no end now, by its text or because nothing it counts from has happened.
 */
export function endUnder(chosen: ChosenPolicy, facts: EmbargoFacts): PolicyEnd {
  const { policy, party } = chosen
  const say = lineOf(chosen)
  const head = { policy, party }
  const setAside = policy.class === 'default' && (facts.negotiated?.acceptedBy.includes(party) ?? false)
  const atOnce = ofKind(policy.rules, 'public-at-once')[0]
  if (atOnce !== undefined && !setAside && facts.aiFound === true) {
    const lines = [say(atOnce, 'public-now', 'public-now', [foundBy(facts)]), ...noticesOf(policy.rules, facts, say)]
    return { ...head, endsAt: 'public-now', detailsAt: 'public-now', existenceAt: null, lines }
  }
  // An agreement replaces the ordinary clocks of those who accepted it, not the ones for a flaw under attack.
  const rules = setAside ? policy.rules.filter((rule) => rule.kind === 'end' && rule.only !== null) : policy.rules
  const clocks = clocksOf(rules, facts, say)
  const deadline = least(clocks.map(({ at }) => at))
  const details = detailsOf(ofKind(rules, 'details'), deadline, facts, say)
  const endsAt = least([deadline, ...details.map(({ at }) => at)])
  const existence = ofKind(rules, 'existence').map((rule) => ({ rule, at: daysAfter(facts.reportedAt, rule.days) }))
  const lines = [
    ...(setAside ? [say(null, 'set-aside', facts.negotiated?.at ?? null)] : []),
    ...notFound(policy.rules, facts, say),
    ...clocks.map(({ line }) => line),
    ...ofKind(rules, 'open-ended').map((rule) => say(rule, 'open-ended')),
    ...details.map(({ line }) => line),
    ...existence.map(({ rule, at }) =>
      say(rule, 'existence', at, [{ name: 'reportedAt', value: facts.reportedAt, assumed: false }]),
    ),
    ...noticesOf(policy.rules, facts, say),
  ]
  const detailsAt = details.length === 0 ? endsAt : least(details.map(({ at }) => at))
  return { ...head, endsAt, detailsAt, existenceAt: least(existence.map(({ at }) => at)), lines }
}

interface Clock {
  readonly at: Instant | null
  readonly line: WhyLine
}

function clocksOf(rules: readonly EmbargoRule[], facts: EmbargoFacts, say: Say): readonly Clock[] {
  const ends = ofKind(rules, 'end').map((rule): Clock => {
    const { met, inputs } = meets(rule.only, facts)
    if (!met) return { at: null, line: say(rule, 'not-met', null, inputs) }
    const from = anchored(rule.from, facts)
    const asked = extended(rule.extension, facts)
    const all = [...from.inputs, ...inputs, ...asked.inputs]
    if (from.at === null) return { at: null, line: say(rule, 'not-begun', null, all) }
    const at = daysAfter(from.at, rule.days + asked.days)
    return { at, line: say(rule, 'would-end', at, all) }
  })
  const reported = [{ name: 'reportedAt', value: facts.reportedAt, assumed: false }]
  const most = ofKind(rules, 'maximum').flatMap((rule): Clock[] => {
    const at = daysAfter(facts.reportedAt, rule.days)
    const wish = rule.prefer === null ? [] : [say(rule, 'preferred', daysAfter(facts.reportedAt, rule.prefer), reported)]
    return [{ at, line: say(rule, 'would-end', at, reported) }, ...wish.map((line) => ({ at: null, line }))]
  })
  return [...ends, ...most]
}

// A wait after the patch counts only where the patch came before the deadline; otherwise all is told at the deadline.
function detailsOf(
  rules: readonly RuleOf<'details'>[],
  deadline: Instant | null,
  facts: EmbargoFacts,
  say: Say,
): readonly Clock[] {
  const { patchAt, reportedAt } = facts
  if (patchAt === null || (deadline !== null && patchAt > deadline)) return []
  return rules.map((rule) => {
    const last = rule.latestDays === null ? null : daysAfter(reportedAt, rule.latestDays)
    const at = least([daysAfter(patchAt, rule.days), last]) as Instant
    return { at, line: say(rule, 'details', at, [{ name: 'patchAt', value: patchAt, assumed: false }]) }
  })
}

function extended(
  extension: Extension | null,
  facts: EmbargoFacts,
): { readonly days: number; readonly inputs: readonly Input[] } {
  const asked = facts.requestedExtension
  if (extension === null || asked === null || !(asked.days > 0)) return { days: 0, inputs: [] }
  const granted =
    extension.when === 'engaged'
      ? { name: 'engaged', value: facts.engaged ?? false, assumed: facts.engaged === null }
      : { name: 'exceptional', value: asked.exceptional, assumed: false }
  const days = granted.value ? Math.min(Math.floor(asked.days), extension.days) : 0
  return { days, inputs: [granted, { name: 'extensionDays', value: days, assumed: false }] }
}

function notFound(rules: readonly EmbargoRule[], facts: EmbargoFacts, say: Say): readonly WhyLine[] {
  if (facts.aiFound === true) return []
  return ofKind(rules, 'public-at-once').map((rule) => say(rule, 'not-met', null, [foundBy(facts)]))
}

function foundBy({ aiFound }: EmbargoFacts): Input {
  return { name: 'aiFound', value: aiFound ?? false, assumed: aiFound === null }
}

function noticesOf(rules: readonly EmbargoRule[], facts: EmbargoFacts, say: Say): readonly WhyLine[] {
  const met = {
    always: true,
    'ai-found': facts.aiFound === true,
    exploited: Boolean(facts.exploited),
    patched: facts.patchAt !== null,
  }
  return ofKind(rules, 'notice').flatMap((rule) => (met[rule.when] ? [say(rule, 'notice')] : []))
}

function ofKind<Kind extends EmbargoRule['kind']>(rules: readonly EmbargoRule[], kind: Kind): readonly RuleOf<Kind>[] {
  return rules.filter((rule): rule is RuleOf<Kind> => rule.kind === kind)
}

function least(all: readonly (Instant | null)[]): Instant | null {
  return all.reduce((one, next) => (one === null || (next !== null && next < one) ? next : one), null)
}
