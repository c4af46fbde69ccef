import type { Instant } from '../../kernel/instant.ts'
import type { ChosenPolicy, EmbargoFacts } from './embargo-facts.ts'
import { POLICY_CLASSES, type When } from './embargo-rule.ts'
import { endUnder, lineOf, type PolicyEnd } from './policy-end.ts'
import type { WhyLine } from './why-line.ts'

/** A longer end that a party's policy would have; it is answered as a proposal to revise. Null: without an end. */
export interface LongerEnd {
  readonly policy: string
  readonly version: string
  readonly party: string
  readonly endsAt: Instant | null
}

export interface EmbargoTerms {
  /** Null: no end known, by consent or because nothing gives one. `public-now`: a policy in play admits no embargo. */
  readonly endsAt: When<Instant>
  readonly detailsAt: When<Instant>
  /** How far the end could move if every extension that the policies know were asked for and granted; null: not at all. */
  readonly extendable: Instant | null
  /** When somebody's policy tells that the report exists, and nothing technical. */
  readonly transparencyAt: Instant | null
  readonly proposals: readonly LongerEnd[]
  readonly why: readonly WhyLine[]
}

/**
 * The end of an embargo by the policies that the parties of a case bring: the shortest wins, whoever brings it, and every longer
 * one is a proposal. The order in which policies are given changes nothing. What ends is the duty of secrecy: `public-now` and an
 * end that has passed publish nothing and open no read; a person decides on publication.
 */
export function termsFor(facts: EmbargoFacts, policies: readonly ChosenPolicy[]): EmbargoTerms {
  const ends = endsOf(facts, policies)
  const decides = ends.reduce<PolicyEnd | null>(
    (one, next) => (one === null || isSooner(next.endsAt, one.endsAt) ? next : one),
    null,
  )
  const endsAt = decides?.endsAt ?? null
  const open = decides === null || endsAt === null
  const why = ends.flatMap((end) => [...end.lines, ...(open || isSilent(end) ? [] : [standing(end, decides)])])
  return {
    endsAt,
    detailsAt: soonest(ends.map(({ detailsAt }) => detailsAt)),
    extendable: endsAt === 'public-now' ? null : reach(facts, policies, endsAt),
    transparencyAt: endsAt === 'public-now' ? null : (soonest(ends.map(({ existenceAt }) => existenceAt)) as Instant | null),
    proposals: open ? [] : ends.flatMap((end) => (isSooner(endsAt, end.endsAt) && !isSilent(end) ? [longer(end)] : [])),
    why: open ? [...why, NO_END] : why,
  }
}

function endsOf(facts: EmbargoFacts, policies: readonly ChosenPolicy[]): readonly PolicyEnd[] {
  const all = facts.receiverDefault === null ? policies : [...policies, facts.receiverDefault]
  const ends = all.map((chosen) => ({ key: keyOf(chosen), end: endUnder(chosen, facts) }))
  if (facts.negotiated !== null) ends.push({ key: `${rankOf('negotiated')}`, end: agreed(facts.negotiated) })
  ends.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return ends.filter(({ key }, n) => n === 0 || key !== ends[n - 1]!.key).map(({ end }) => end)
}

// By precedence, so that of two equal ends the stronger policy is named; the rules last, for equal names must not mean equal text.
function keyOf({ policy, party }: ChosenPolicy): string {
  return JSON.stringify([rankOf(policy.class), policy.id, policy.version, party, policy.rules]).slice(1)
}

function rankOf(name: (typeof POLICY_CLASSES)[number]): number {
  return POLICY_CLASSES.indexOf(name)
}

function agreed({ at, detailsAt, acceptedBy }: NonNullable<EmbargoFacts['negotiated']>): PolicyEnd {
  const policy = { id: 'agreed', version: '1', name: 'Agreement among the parties', class: 'negotiated' } as const
  const party = [...acceptedBy].sort().join(', ')
  const rule = { kind: 'agreed', id: 'agreed-end' } as const
  const line = { ...lineOf({ policy, party })(null, 'would-end', at), rule }
  const details = detailsAt === null ? at : (Math.max(at, detailsAt) as Instant)
  return { policy, party, endsAt: at, detailsAt: details, existenceAt: null, lines: [line] }
}

// A policy whose clock has not begun, or that gives way, proposes nothing; an open-ended one proposes to have no end.
function isSilent({ endsAt, lines }: PolicyEnd): boolean {
  return endsAt === null && !lines.some(({ effect }) => effect === 'open-ended')
}

function standing(end: PolicyEnd, decides: PolicyEnd): WhyLine {
  const say = lineOf(end)
  if (end === decides) return say(null, 'decides', end.endsAt)
  return { ...say(null, end.endsAt === decides.endsAt ? 'decides' : 'proposal', end.endsAt), against: decides.policy.name }
}

function longer({ policy, party, endsAt }: PolicyEnd): LongerEnd {
  return { policy: policy.id, version: policy.version, party, endsAt: endsAt === 'public-now' ? null : endsAt }
}

function reach(facts: EmbargoFacts, policies: readonly ChosenPolicy[], endsAt: Instant | null): Instant | null {
  if (endsAt === null) return null
  const all = { days: Number.MAX_SAFE_INTEGER, exceptional: true }
  const most = soonest(endsOf({ ...facts, engaged: true, requestedExtension: all }, policies).map((end) => end.endsAt))
  return typeof most === 'number' && most > endsAt ? most : null
}

function order(at: When<Instant>): number {
  return at === 'public-now' ? Number.NEGATIVE_INFINITY : (at ?? Number.POSITIVE_INFINITY)
}

function isSooner(one: When<Instant>, than: When<Instant>): boolean {
  return order(one) < order(than)
}

function soonest(all: readonly When<Instant>[]): When<Instant> {
  return all.reduce<When<Instant>>((one, next) => (isSooner(next, one) ? next : one), null)
}

const NO_END: WhyLine = {
  policy: 'none',
  version: '1',
  name: 'No policy',
  party: '',
  rule: null,
  effect: 'no-end',
  inputs: [],
  at: null,
  against: null,
}
