import type { Instant } from '../../kernel/instant.ts'

/** What happened between a case and one contact, in any order; instants decide. */
export type ContactEvent =
  | { readonly type: 'sent'; readonly at: Instant }
  /** The letter came back: nobody there to remind. */
  | { readonly type: 'bounced'; readonly at: Instant }
  /** Any sign of a person: accepted, disputed, asked, paused. An automatic reply is none. */
  | { readonly type: 'answered'; readonly at: Instant }
  | { readonly type: 'step-taken'; readonly step: string; readonly at: Instant }
  /** Somebody needs to know more before anything goes on. */
  | { readonly type: 'question'; readonly at: Instant }
  | { readonly type: 'question-answered'; readonly at: Instant }
  /** A person took the decision at the end of either ladder. */
  | { readonly type: 'decided'; readonly at: Instant }

/** Where a contact stands: waiting for a first sign, waiting for knowledge, or needing no clock. */
export interface ContactStanding {
  readonly waits: 'silence' | 'question' | null
  /** Why there is no clock, where there is none. */
  readonly because: 'not-contacted' | 'answered' | 'decided' | null
  readonly start: Instant | null
  readonly bouncedAt: Instant | null
  /** Step → when it was first taken in this wait. */
  readonly taken: ReadonlyMap<string, Instant>
  /** The wait for a first sign that a question interrupted; it goes on, from its own start, once the question is done with. */
  readonly held: ContactStanding | null
}

const AT_ONCE = ['sent', 'question', 'bounced', 'step-taken', 'question-answered', 'answered', 'decided']

/** Reads a history. A letter after an answer begins a new wait; reminders sent while nobody answers do not. */
export function standingOf(history: readonly ContactEvent[]): ContactStanding {
  const sorted = [...history].sort((a, b) => a.at - b.at || AT_ONCE.indexOf(a.type) - AT_ONCE.indexOf(b.type))
  return sorted.reduce(after, UNTOUCHED)
}

const UNTOUCHED: ContactStanding = {
  waits: null,
  because: 'not-contacted',
  start: null,
  bouncedAt: null,
  taken: new Map(),
  held: null,
}

function after(standing: ContactStanding, event: ContactEvent): ContactStanding {
  switch (event.type) {
    case 'sent':
      return standing.waits === null ? { ...UNTOUCHED, waits: 'silence', because: null, start: event.at } : standing
    case 'question': {
      if (standing.waits === 'question') return standing
      const held = standing.waits === 'silence' ? standing : null
      return { ...UNTOUCHED, waits: 'question', because: null, start: event.at, held }
    }
    case 'bounced':
      return standing.waits === 'silence' ? { ...standing, bouncedAt: standing.bouncedAt ?? event.at } : standing
    case 'step-taken':
      return standing.waits === null || standing.taken.has(event.step)
        ? standing
        : { ...standing, taken: new Map([...standing.taken, [event.step, event.at]]) }
    case 'answered':
      return standing.waits === 'silence' ? { ...UNTOUCHED, because: 'answered' } : { ...standing, held: null }
    case 'question-answered':
      return standing.waits === 'question' ? (standing.held ?? { ...UNTOUCHED, because: 'answered' }) : standing
    case 'decided':
      return standing.waits === null ? standing : (standing.held ?? { ...UNTOUCHED, because: 'decided' })
  }
}
