import type { StewardEvent } from './steward-event.ts'
import type { Stewardship } from './stewardship.ts'

/** The stewardship after one of its own events; null before its first. Throws on another's event, an accident of storage. */
export function evolveSteward(care: Stewardship | null, event: StewardEvent): Stewardship {
  if (event.type === 'stewardship-opened') return blank(event)
  if (care === null || care.target !== event.target) {
    throw new Error(`event ${event.type} of ${event.target} applied to ${care?.target ?? 'nothing'}`)
  }
  return { ...care, ...change(care, event), version: care.version + 1 }
}

/** A stewardship from all its events in order; null of none. */
export function replaySteward(events: readonly StewardEvent[]): Stewardship | null {
  return events.reduce<Stewardship | null>(evolveSteward, null)
}

function blank({ target, policy, abandoned, dueAt, at }: Extract<StewardEvent, { type: 'stewardship-opened' }>): Stewardship {
  const nobody = { lead: null, coLead: null, assessment: null, escalated: null, activeAt: null, ended: null }
  return { target, policy, state: 'unassigned', since: at, dueAt, abandoned, ...nobody, routes: [], openedAt: at, version: 1 }
}

function change(care: Stewardship, event: Exclude<StewardEvent, { type: 'stewardship-opened' }>): Partial<Stewardship> {
  const { at } = event
  switch (event.type) {
    case 'lead-assigned': {
      const { lead, dueAt } = event
      const coLead = care.coLead?.person === lead.person ? null : care.coLead
      return { state: 'assessing', since: at, dueAt, lead, coLead, assessment: null, escalated: null }
    }
    case 'assessment-handed-in':
      return { assessment: event.assessment }
    case 'stewardship-confirmed':
      return { state: 'active', since: at, dueAt: event.dueAt, activeAt: care.activeAt ?? at }
    case 'co-lead-joined':
      return { coLead: event.coLead }
    case 'checked-in':
      return { dueAt: event.dueAt, ...(care.state === 'escalated' ? { state: 'active', since: at, escalated: null } : {}) }
    case 'fix-routed':
      return { routes: [...care.routes, { route: event.route, fork: event.fork, at }] }
    case 'lead-stepped-down':
      return afterStepDown(care, event)
    case 'co-lead-stepped-down':
      return { coLead: null }
    case 'stewardship-escalated': {
      const gone = event.why === 'cannot-carry' ? { lead: null } : {}
      return { state: 'escalated', since: at, dueAt: event.dueAt, escalated: event.why, assessment: null, ...gone }
    }
    case 'stewardship-ended':
      return { ended: { at, why: event.why } }
  }
}

// Whoever takes over hands in an assessment of their own.
function afterStepDown(
  care: Stewardship,
  { at, dueAt }: Extract<StewardEvent, { type: 'lead-stepped-down' }>,
): Partial<Stewardship> {
  if (care.coLead !== null) return { lead: care.coLead, coLead: null, assessment: null }
  if (care.state === 'escalated') return { lead: null }
  return { state: 'unassigned', since: at, dueAt, lead: null, assessment: null }
}
