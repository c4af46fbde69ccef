import { accept, type Decision } from '../../../kernel/decision.ts'
import { DAY, type Instant } from '../../../kernel/instant.ts'
import type { Directive } from '../../directives/directive.ts'
import { changed, directiveAfter } from '../change.ts'
import { isTighter, sameDating } from '../dating.ts'
import type { Facts } from '../facts.ts'
import type { ClockChoice } from '../oblige.ts'
import { dateIt, redated } from '../redate.ts'
import { evolveItem } from './evolve-item.ts'
import type { Doer, ObligationItem } from './item.ts'
import type { ItemCommand } from './item-command.ts'
import type { ItemEvent } from './item-event.ts'
import { type ItemRefusal, no } from './item-refusal.ts'
import { triageAsked } from './triage-asked.ts'

type ItemDecision = Decision<ItemEvent, ItemRefusal>

/** Who asks, when, and where directives are found: what every command needs. */
export interface Turn {
  readonly by: Doer
  readonly now: Instant
  /** The directive the obligation stands under. */
  readonly directive: Directive
  /** Other directives and versions, by `id/version`. */
  readonly find: (ref: string) => Directive | null
}

const MOST_TEXT = 2_000
const MOST_ASSETS = 10_000
const MOST_ID = 200
const MOST_ENTRIES = 10_000
const MOST_DEFERRAL = 366 * DAY

/** Opens an obligation with its first date. `existing` is what stands under the id. */
export function openItem(
  existing: ObligationItem | null,
  id: string,
  facts: Facts,
  choice: ClockChoice,
  { by, now, directive }: Pick<Turn, 'by' | 'now' | 'directive'>,
): ItemDecision {
  if (existing !== null) return no('item.exists')
  const { dating } = dateIt(directive, facts, choice)
  return accept<ItemEvent>({ type: 'item-opened', item: id, at: now, by, facts, choice, dating })
}

/** What a command does to an obligation. A deferral whose end has come ends first, so that no command can reach behind it. */
export function decideItem(item: ObligationItem, command: ItemCommand, turn: Turn): ItemDecision {
  const over = deferralOver(item, turn.now)
  const now = over.reduce<ObligationItem>((state, event) => evolveItem(state, event), item)
  const decision = obey(now, command, turn)
  return decision.ok ? accept(...over, ...decision.events) : decision
}

function deferralOver(item: ObligationItem, now: Instant): readonly ItemEvent[] {
  if (item.deferral === null || item.deferral.until > now) return []
  return [{ type: 'deferral-ended', item: item.id, at: now, by: null, why: 'over' }]
}

function obey(item: ObligationItem, command: ItemCommand, turn: Turn): ItemDecision {
  const stamp = { item: item.id, at: turn.now, by: turn.by }
  switch (command.do) {
    case 'clock':
      return accept()
    case 'change':
      return change(item, command, turn)
    case 'remediate':
    case 'mitigate':
      return settle(item, command, stamp)
    case 'defer':
      if (item.state !== 'open' && item.state !== 'deferred') return no('item.settled')
      if (!isText(command.reason)) return no('item.no-reason')
      if (!Number.isInteger(command.until) || command.until <= turn.now || command.until - turn.now > MOST_DEFERRAL)
        return no('item.bad-end')
      return accept<ItemEvent>({ type: 'item-deferred', ...stamp, reason: command.reason, until: command.until })
    case 'end-deferral':
      if (item.state !== 'deferred') return no('item.not-deferred')
      return accept<ItemEvent>({ type: 'deferral-ended', ...stamp, why: 'taken-back' })
    case 'state-not-affected':
      return stateNotAffected(item, command, stamp)
    case 'reopen':
      return reopen(item, command, stamp)
    case 'triage-step':
      if (!triageAsked(item, turn.directive)) return no('item.no-triage')
      if ((command.step === 'analyse') !== (command.found !== null)) return no('item.bad-finding')
      if (item.triaged.length >= MOST_ENTRIES) return no('item.too-many')
      return accept<ItemEvent>({ type: 'triage-step-done', ...stamp, step: command.step, found: command.found })
  }
}

type Stamp = Pick<ItemEvent, 'item' | 'at' | 'by'>

/** A change always counts, whatever the state; one that leaves less time ends a deferral that was granted under other facts. */
function change(item: ObligationItem, { change: what }: Extract<ItemCommand, { do: 'change' }>, turn: Turn): ItemDecision {
  const directive = directiveAfter(what, turn.directive, turn.find)
  if (directive === null) return no('item.no-directive')
  const facts = changed(item.facts, what)
  const to = redated(item, facts, what, directive)
  const stamp = { item: item.id, at: turn.now, by: turn.by }
  if (!sameDating(item.dating, to)) {
    const moved: ItemEvent = { type: 'item-redated', ...stamp, change: what, from: item.dating, to }
    return item.state === 'deferred' && isTighter(item.dating, to)
      ? accept<ItemEvent>(moved, { type: 'deferral-ended', ...stamp, by: null, why: 'more-urgent' })
      : accept(moved)
  }
  // A probability that moves every day and decides nothing would fill the record.
  return facts === item.facts || what.of === 'epss'
    ? accept()
    : accept<ItemEvent>({ type: 'facts-noted', ...stamp, change: what })
}

function settle(
  item: ObligationItem,
  { do: how, assets, evidence }: Extract<ItemCommand, { do: 'remediate' | 'mitigate' }>,
  stamp: Stamp,
): ItemDecision {
  // What is mitigated can still be remediated, and a claim that nothing is affected does not forbid to patch.
  if (item.state === 'remediated' || (item.state === 'mitigated' && how === 'mitigate')) return no('item.settled')
  if (!isText(evidence)) return no('item.no-evidence')
  if (assets === 'all')
    return accept<ItemEvent>(...endDeferral(item, stamp), {
      type: how === 'remediate' ? 'item-remediated' : 'item-mitigated',
      ...stamp,
      evidence,
    })
  if (!areAssets(assets)) return no('item.bad-assets')
  if (item.parts.length >= MOST_ENTRIES) return no('item.too-many')
  const word = how === 'remediate' ? 'remediated' : 'mitigated'
  return accept<ItemEvent>({ type: 'assets-done', ...stamp, assets, how: word, evidence })
}

function stateNotAffected(
  item: ObligationItem,
  { assets, claim }: Extract<ItemCommand, { do: 'state-not-affected' }>,
  stamp: Stamp,
): ItemDecision {
  if (item.state === 'not-affected') return no('item.settled')
  if (claim.source === 'operator' && (claim.justification === null || !isText(claim.detail ?? ''))) return no('item.no-reason')
  if (assets === 'all') return accept<ItemEvent>(...endDeferral(item, stamp), { type: 'not-affected-stated', ...stamp, claim })
  // What was done to the whole stands for every asset.
  if (item.state === 'remediated' || item.state === 'mitigated') return no('item.settled')
  if (!areAssets(assets)) return no('item.bad-assets')
  if (item.parts.length >= MOST_ENTRIES) return no('item.too-many')
  return accept<ItemEvent>({ type: 'assets-not-affected', ...stamp, assets, claim })
}

function reopen(item: ObligationItem, { assets, reason }: Extract<ItemCommand, { do: 'reopen' }>, stamp: Stamp): ItemDecision {
  if (!isText(reason)) return no('item.no-reason')
  if (assets === 'all') {
    if (item.state === 'open' && item.parts.length === 0) return no('item.open')
    return accept<ItemEvent>(...endDeferral(item, stamp), { type: 'item-reopened', ...stamp, reason })
  }
  if (!areAssets(assets)) return no('item.bad-assets')
  const named = new Set(assets)
  if (!item.parts.some((part) => part.assets.some((asset) => named.has(asset)))) return no('item.open')
  return accept<ItemEvent>({ type: 'assets-reopened', ...stamp, assets, reason })
}

function endDeferral(item: ObligationItem, stamp: Stamp): readonly ItemEvent[] {
  return item.deferral === null ? [] : [{ type: 'deferral-ended', ...stamp, by: null, why: 'done' }]
}

function isText(text: string): boolean {
  return text.trim() !== '' && text.length <= MOST_TEXT
}

function areAssets(assets: readonly string[]): boolean {
  return assets.length > 0 && assets.length <= MOST_ASSETS && assets.every((id) => id !== '' && id.length <= MOST_ID)
}
