import { type Flaw, type FlawId, ordered } from './flaw.ts'
import type { FlawEvent } from './flaw-event.ts'

/**
 * The flaw after one of its own events; `flaw` is null before its first. Throws on an event of another flaw and on one that
 * history cannot hold, which is an accident of storage and never a person's doing.
 */
export function evolve(flaw: Flaw | null, event: FlawEvent): Flaw {
  if (event.type === 'flaw-opened') return { ...blank(event.flaw, event.title, event.at), members: [event.first] }
  if (event.type === 'flaw-split' && event.side === 'new') return born(event)
  if (flaw === null || flaw.id !== event.flaw)
    throw new Error(`event ${event.type} of ${event.flaw} applied to ${flaw?.id ?? 'nothing'}`)
  return { ...flaw, ...change(flaw, event), version: flaw.version + 1 }
}

/** A flaw from all its events in order. */
export function replay(events: readonly FlawEvent[]): Flaw | null {
  return events.reduce<Flaw | null>(evolve, null)
}

function blank(id: FlawId, title: string, openedAt: Flaw['openedAt']): Flaw {
  const lists = { members: [], merges: [], splits: [], suggestions: [], apart: [], judgements: [] }
  return { id, version: 1, stage: 'open', into: null, title, openedAt, ...lists }
}

function born(event: Extract<FlawEvent, { type: 'flaw-split'; side: 'new' }>): Flaw {
  const { from: other, by, at, why } = event
  return {
    ...blank(event.flaw, event.title, at),
    members: ordered(event.members),
    apart: [{ other, by, at, why, answered: [] }],
  }
}

type Later = Exclude<FlawEvent, { type: 'flaw-opened' } | { type: 'flaw-split'; side: 'new' }>

function change(flaw: Flaw, event: Later): Partial<Flaw> {
  switch (event.type) {
    case 'finding-joined':
      return { members: ordered([...flaw.members, event.member]) }
    case 'suggestion-raised':
      return { suggestions: restored(flaw, [event.suggestion]) }
    case 'flaws-merged':
      return event.side === 'into' ? merged(flaw, event) : { stage: 'merged', into: event.into, members: [] }
    case 'merge-undone':
      return event.side === 'into' ? unmerged(flaw, event.from) : { stage: 'open', into: null, members: ordered(event.members) }
    case 'flaw-split':
      return splitOff(flaw, event)
    case 'split-undone':
      return event.side === 'from' ? rejoined(flaw, event) : { stage: 'emptied', into: event.into, members: [] }
    case 'kept-apart':
      return {
        apart: [...flaw.apart, event.kept],
        suggestions: flaw.suggestions.filter(({ other }) => other !== event.kept.other),
      }
    case 'apart-undone':
      return {
        apart: flaw.apart.filter(({ other }) => other !== event.other),
        suggestions: restored(flaw, flaw.apart.find(({ other }) => other === event.other)?.answered ?? []),
      }
    case 'flaw-judged':
      return { judgements: [...flaw.judgements, event.judgement] }
    case 'title-set':
      return { title: event.title }
  }
}

function merged(flaw: Flaw, event: Extract<FlawEvent, { type: 'flaws-merged'; side: 'into' }>): Partial<Flaw> {
  return {
    members: ordered([...flaw.members, ...event.members]),
    merges: [...flaw.merges, event.merge],
    suggestions: flaw.suggestions.filter(({ other }) => other !== event.merge.from),
  }
}

function unmerged(flaw: Flaw, from: FlawId): Partial<Flaw> {
  const merge = flaw.merges.find((one) => one.from === from)
  const gone = new Set(merge?.findings ?? [])
  return {
    members: flaw.members.filter(({ finding }) => !gone.has(finding)),
    merges: flaw.merges.filter((one) => one !== merge),
    suggestions: restored(flaw, merge?.answered ?? []),
  }
}

function splitOff(flaw: Flaw, { split }: Extract<FlawEvent, { type: 'flaw-split'; side: 'from' }>): Partial<Flaw> {
  const gone = new Set(split.findings)
  const { to: other, by, at, why } = split
  return {
    members: flaw.members.filter(({ finding }) => !gone.has(finding)),
    splits: [...flaw.splits, split],
    apart: [...flaw.apart, { other, by, at, why, answered: [] }],
  }
}

function rejoined(flaw: Flaw, event: Extract<FlawEvent, { type: 'split-undone'; side: 'from' }>): Partial<Flaw> {
  return {
    members: ordered([...flaw.members, ...event.members]),
    splits: flaw.splits.filter(({ to }) => to !== event.to),
    apart: flaw.apart.filter(({ other }) => other !== event.to),
  }
}

// Questions in the order they were raised, so that putting one back leaves no trace of its absence.
function restored(flaw: Flaw, answered: Flaw['suggestions']): Flaw['suggestions'] {
  return [...flaw.suggestions, ...answered].sort((a, b) => a.raisedAt - b.raisedAt || (a.id < b.id ? -1 : 1))
}
