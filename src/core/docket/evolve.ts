import type { Docket } from './docket.ts'
import type { DocketEvent, EventOf } from './docket-event.ts'
import { afterClosing, isOfClosing } from './evolve-closing.ts'
import { afterPartners, isOfPartners } from './evolve-partners.ts'
import { afterPeople, isOfPeople } from './evolve-people.ts'
import { afterRecord, isOfRecord } from './evolve-record.ts'
import { afterTerms } from './evolve-terms.ts'
import { afterWindow, isOfWindow } from './evolve-window.ts'

/**
 * The docket after one of its own events; null before its first. Throws on an event of another docket, which is an accident of
 * storage and never a person's doing.
 */
export function evolveDocket(docket: Docket | null, event: DocketEvent): Docket {
  if (event.type === 'docket-opened') return blank(event)
  if (docket === null || docket.id !== event.docket) {
    throw new Error(`event ${event.type} of ${event.docket} applied to ${docket?.id ?? 'nothing'}`)
  }
  return { ...docket, ...change(docket, event), version: docket.version + 1 }
}

/** A docket from all its events in order; null of none. */
export function replayDocket(events: readonly DocketEvent[]): Docket | null {
  return events.reduce<Docket | null>(evolveDocket, null)
}

function change(docket: Docket, event: Exclude<DocketEvent, { type: 'docket-opened' }>): Partial<Docket> {
  if (isOfWindow(event)) return afterWindow(docket, event)
  if (isOfPeople(event)) return afterPeople(docket, event)
  if (isOfRecord(event)) return afterRecord(docket, event)
  if (isOfPartners(event)) return afterPartners(docket, event)
  if (isOfClosing(event)) return afterClosing(docket, event)
  return afterTerms(docket, event)
}

function blank({ docket: id, at: openedAt, ...event }: EventOf<'docket-opened'>): Docket {
  const { kind, developer, office, agreement, policy } = event
  const lists = { terms: [], downtime: [], seats: [], readIns: [], plans: [], partners: [], remeasured: [], toIntake: [] }
  const none = { answered: null, planned: null, endpoint: null, window: null, unblindedAt: null, computed: null }
  const later = { determination: null, report: null, withdrawnAt: null, closing: null, closedAt: null }
  return {
    id,
    version: 1,
    openedAt,
    kind,
    state: 'inquiry',
    developer,
    office,
    agreement,
    policy,
    ...lists,
    ...none,
    ...later,
  }
}
