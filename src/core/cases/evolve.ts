import type { Case } from './case.ts'
import type { CaseEvent, CaseEventOf } from './case-event.ts'
import { afterEmbargo } from './evolve-embargo.ts'
import { afterFlaw } from './evolve-flaw.ts'
import { afterKin } from './evolve-kin.ts'
import { afterPeople } from './evolve-people.ts'
import { afterReport, afterWork } from './evolve-work.ts'

/**
 * The case after one of its own events; null before its first. Throws on an event of another case, which is an accident of
 * storage and never a person's doing.
 */
export function evolveCase<Before extends Case | null>(before: Before, event: CaseEvent): Case {
  if (event.type === 'case-opened') return opened(event)
  if (before === null || before.id !== event.case) {
    throw new Error(`event ${event.type} of ${event.case} applied to ${before?.id ?? 'nothing'}`)
  }
  return { ...before, ...change(before, event), version: before.version + 1 }
}

/** A case from all its events in order; null of none. */
export function replayCase(events: readonly CaseEvent[]): Case | null {
  return events.reduce<Case | null>(evolveCase, null)
}

function change(of: Case, event: Exclude<CaseEvent, { type: 'case-opened' }>): Partial<Case> {
  switch (event.type) {
    case 'participant-invited':
    case 'invitation-renewed':
    case 'invitation-accepted':
    case 'invitation-declined':
    case 'participant-left':
    case 'participation-hidden':
      return afterPeople(of, event)
    case 'report-judged':
    case 'report-sent':
      return afterReport(of, event)
    case 'fix-readied':
    case 'deployment-told':
    case 'status-stated':
    case 'status-approved':
      return afterWork(of, event)
    case 'flaw-added':
    case 'cve-set':
    case 'publicity-claimed':
    case 'publicity-noted':
      return afterFlaw(of, event)
    case 'flaws-taken':
    case 'flaws-handed-over':
    case 'kin-to-tell':
    case 'kin-heard':
    case 'case-closed':
      return afterKin(of, event)
    default:
      return afterEmbargo(of, event)
  }
}

function opened({ case: id, at: openedAt, ...event }: CaseEventOf<'case-opened'>): Case {
  const { coordinator, chair, openedBy, flaws, participants, embargo, deployedFrom, parent, siblings } = event
  const head = { id, version: 1, state: 'open' as const, coordinator, chair, openedAt, openedBy, flaws, participants, embargo }
  const lists = { agreedToPublish: [], claims: event.claims ?? [], duties: [], children: [] }
  return { ...head, ...lists, deployedFrom, parent, siblings, mergedInto: null, closedAt: null }
}
