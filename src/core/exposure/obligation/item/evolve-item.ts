import { changed } from '../change.ts'
import type { ObligationItem, Part } from './item.ts'
import type { ItemEvent } from './item-event.ts'

/** The obligation after one of its own events; null before its first. Throws on an event of another, which is an accident of storage. */
export function evolveItem(item: ObligationItem | null, event: ItemEvent): ObligationItem {
  if (event.type === 'item-opened') return blank(event)
  if (item === null || item.id !== event.item) {
    throw new Error(`event ${event.type} of ${event.item} applied to ${item?.id ?? 'nothing'}`)
  }
  return { ...item, ...after(item, event), version: item.version + 1 }
}

/** An obligation from all its events in order; null of none. */
export function replayItem(events: readonly ItemEvent[]): ObligationItem | null {
  return events.reduce<ObligationItem | null>(evolveItem, null)
}

function blank({ item: id, at: openedAt, facts, choice, dating }: Extract<ItemEvent, { type: 'item-opened' }>): ObligationItem {
  const none = { done: null, deferral: null, notAffected: null, reopenings: 0 }
  return { id, version: 1, openedAt, facts, choice, dating, history: [], state: 'open', parts: [], triaged: [], ...none }
}

function after(item: ObligationItem, event: Exclude<ItemEvent, { type: 'item-opened' }>): Partial<ObligationItem> {
  const { at, by } = event
  switch (event.type) {
    case 'item-redated': {
      const { change, from, to } = event
      const history = [...item.history, { at: change.at, because: change.of, from, to }]
      return { facts: changed(item.facts, change), dating: to, history }
    }
    case 'facts-noted':
      return { facts: changed(item.facts, event.change) }
    case 'item-remediated':
      return { state: 'remediated', done: { how: 'remediated', evidence: event.evidence, by, at } }
    case 'item-mitigated':
      return { state: 'mitigated', done: { how: 'mitigated', evidence: event.evidence, by, at } }
    case 'assets-done':
      return { parts: [...item.parts, { assets: event.assets, how: event.how, evidence: event.evidence, by, at }] }
    case 'item-deferred':
      return { state: 'deferred', deferral: { reason: event.reason, until: event.until, by, at } }
    case 'deferral-ended':
      return { state: 'open', deferral: null }
    case 'not-affected-stated':
      return { state: 'not-affected', notAffected: event.claim }
    case 'assets-not-affected': {
      const { assets, claim } = event
      const part: Part = { assets, how: 'not-affected', evidence: claim.detail ?? '', by, at, claim }
      // A newer statement of the same asset takes the former's place, so that statements that change do not fill the record.
      return { parts: [...withoutClaims(item.parts, new Set(assets)), part] }
    }
    case 'item-reopened':
      return { state: 'open', done: null, notAffected: null, parts: [], reopenings: item.reopenings + 1 }
    case 'assets-reopened':
      return { parts: without(item.parts, new Set(event.assets)), reopenings: item.reopenings + 1 }
    case 'triage-step-done':
      return { triaged: [...item.triaged, { step: event.step, found: event.found, by, at }] }
  }
}

function withoutClaims(parts: readonly Part[], assets: ReadonlySet<string>): readonly Part[] {
  return parts.flatMap((part) => (part.how === 'not-affected' ? without([part], assets) : [part]))
}

function without(parts: readonly Part[], assets: ReadonlySet<string>): readonly Part[] {
  return parts
    .map((part) => ({ ...part, assets: part.assets.filter((asset) => !assets.has(asset)) }))
    .filter((part) => part.assets.length > 0)
}
