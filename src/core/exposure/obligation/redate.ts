import type { Instant } from '../../kernel/instant.ts'
import { type Directive, refOf } from '../directives/directive.ts'
import { type Change, type ChangeOf, changed, effective } from './change.ts'
import { type Dating, datingOf, sameDating } from './dating.ts'
import type { Facts } from './facts.ts'
import { type ClockChoice, oblige } from './oblige.ts'

/** A date, what it rests on, and every date it had before with the reason it moved. */
export interface Dated {
  readonly facts: Facts
  readonly choice: ClockChoice
  readonly dating: Dating
  readonly history: readonly Redating[]
}

export interface Redating {
  readonly at: Instant
  /** What changed. */
  readonly because: ChangeOf
  readonly from: Dating
  readonly to: Dating
}

/** The first date of one flaw on one class of assets. */
export function dateIt(directive: Directive, facts: Facts, choice: ClockChoice = 'from-first'): Dated {
  return { facts, choice, dating: datingOf(oblige(directive, facts, choice)), history: [] }
}

/** The date after a change, under the directive that holds after it. The old one and the reason are kept; a change without effect adds nothing. */
export function redate(previous: Dated, change: Change, directive: Directive): Dated {
  const facts = changed(previous.facts, change)
  const to = redated(previous, facts, change, directive)
  if (sameDating(previous.dating, to)) return facts === previous.facts ? previous : { ...previous, facts }
  const entry = { at: change.at, because: change.of, from: previous.dating, to }
  return { ...previous, facts, dating: to, history: [...previous.history, entry] }
}

/** The dating that a change leads to. Where the tier changes, the clock that counts from the change starts when the change took effect. */
export function redated(
  { dating, choice }: Pick<Dated, 'dating' | 'choice'>,
  facts: Facts,
  change: Change,
  directive: Directive,
): Dating {
  const kept = datingOf(oblige(directive, facts, choice, dating.since))
  if (kept.tier === dating.tier && refOf(directive) === dating.directive) return kept
  const moved = effective(change)
  // A change that took effect before the last one does not move that clock back.
  const since = dating.since !== null && dating.since > moved ? dating.since : moved
  return datingOf(oblige(directive, facts, choice, since))
}
