import { accept, type Decision } from '../../kernel/decision.ts'
import type { Id } from '../../kernel/id.ts'
import { DAY, type Instant } from '../../kernel/instant.ts'
import { evolveSteward } from './evolve-steward.ts'
import { isDigest, nameIn, packageOf } from './open-stewardship.ts'
import type { StewardAsker, StewardCommand } from './steward-command.ts'
import type { StewardEvent } from './steward-event.ts'
import { no, type StewardRefusal } from './steward-refusal.ts'
import type { Escalation, Steward, StewardPolicy, StewardState, Stewardship } from './stewardship.ts'

type StewardDecision = Decision<StewardEvent, StewardRefusal>
type CommandOf<Name extends StewardCommand['do']> = Extract<StewardCommand, { do: Name }>

interface Turn {
  readonly care: Stewardship
  readonly person: Id<'person'>
  readonly now: Instant
  readonly policy: StewardPolicy
}

const ROUTES_MAX = 100

/** The states in which each command of a person makes sense. Nothing here gives anybody the package's name: there is no such command. */
const STATES: Readonly<Record<Exclude<StewardCommand['do'], 'clock'>, readonly StewardState[]>> = {
  assign: ['unassigned', 'escalated'],
  assess: ['assessing'],
  confirm: ['assessing'],
  join: ['assessing', 'active'],
  // A lead whom the clock has overtaken comes back by checking in.
  'check-in': ['active', 'escalated'],
  'route-fix': ['active'],
  'step-down': ['assessing', 'active', 'escalated'],
  escalate: ['unassigned', 'assessing', 'active'],
  end: ['unassigned', 'assessing', 'active', 'escalated'],
}

const COORDINATORS_ONLY: readonly StewardCommand['do'][] = ['assign', 'confirm', 'escalate', 'end']

/** What a command does to a stewardship at `now`. What time alone has brought about comes first. A refusal changes nothing. */
export function decideSteward(
  care: Stewardship,
  command: StewardCommand,
  asker: StewardAsker,
  now: Instant,
  policy: StewardPolicy,
): StewardDecision {
  if (policy.id !== care.policy) return no('stewardship.wrong-policy')
  if (care.ended !== null) return command.do === 'clock' ? accept() : no('stewardship.ended')
  const due = overdue(care, now, policy)
  if (command.do === 'clock') return accept(...due)
  if (asker.kind !== 'person' || (COORDINATORS_ONLY.includes(command.do) && !asker.coordinator))
    return no('asker.not-coordinator')
  const turn = { care: due.reduce<Stewardship>(evolveSteward, care), person: asker.person, now, policy }
  if (!STATES[command.do].includes(turn.care.state)) return no('stewardship.wrong-state')
  const decision = obey(turn, command, asker.coordinator)
  return decision.ok ? accept(...due, ...decision.events) : decision
}

const LATE: Readonly<Record<Exclude<StewardState, 'escalated'>, Escalation>> = {
  unassigned: 'nobody-found',
  assessing: 'assessment-overdue',
  active: 'check-in-missed',
}

function overdue(care: Stewardship, now: Instant, policy: StewardPolicy): readonly StewardEvent[] {
  if (care.state === 'escalated' || now < care.dueAt) return []
  const why = LATE[care.state]
  return [
    { type: 'stewardship-escalated', target: care.target, at: now, by: null, why, dueAt: later(now, policy.escalatedDays) },
  ]
}

function obey(turn: Turn, command: Exclude<StewardCommand, { do: 'clock' }>, coordinator: boolean): StewardDecision {
  const { policy, now } = turn
  switch (command.do) {
    case 'assign':
      return accept({
        type: 'lead-assigned',
        ...stamp(turn),
        lead: pair(command.lead),
        dueAt: later(now, policy.assessingDays),
      })
    case 'assess':
      return assess(turn, command)
    case 'confirm':
      return confirm(turn)
    case 'join':
      return join(turn, command, coordinator)
    case 'check-in':
      return checkIn(turn)
    case 'route-fix':
      return routeFix(turn, command)
    case 'step-down':
      return stepDown(turn)
    case 'escalate':
      return accept({
        type: 'stewardship-escalated',
        ...stamp(turn),
        why: command.why,
        dueAt: later(now, policy.escalatedDays),
      })
    case 'end':
      return accept({ type: 'stewardship-ended', ...stamp(turn), why: command.why })
  }
}

function assess(turn: Turn, { canCarry, assessment }: CommandOf<'assess'>): StewardDecision {
  if (turn.care.lead?.person !== turn.person) return no('asker.not-lead')
  if (!isDigest(assessment)) return no('digest.malformed')
  const handed = { type: 'assessment-handed-in', ...stamp(turn), assessment } as const
  if (canCarry) return accept<StewardEvent>(handed)
  const dueAt = later(turn.now, turn.policy.escalatedDays)
  return accept<StewardEvent>(handed, { type: 'stewardship-escalated', ...stamp(turn), why: 'cannot-carry', dueAt })
}

function confirm(turn: Turn): StewardDecision {
  if (turn.care.assessment === null) return no('assessment.none')
  if (turn.care.lead?.person === turn.person) return no('asker.same-person')
  return accept({ type: 'stewardship-confirmed', ...stamp(turn), dueAt: later(turn.now, turn.policy.checkInDays) })
}

function join(turn: Turn, { coLead }: CommandOf<'join'>, coordinator: boolean): StewardDecision {
  const { care, person } = turn
  if (!coordinator && care.lead?.person !== person) return no('asker.not-lead')
  if (care.coLead !== null) return no('co-lead.exists')
  if (care.lead?.person === coLead.person) return no('lead.same-person')
  return accept({ type: 'co-lead-joined', ...stamp(turn), coLead: pair(coLead) })
}

function checkIn(turn: Turn): StewardDecision {
  const { care, now, policy } = turn
  if (!isSteward(turn)) return no('asker.not-steward')
  if (care.state === 'escalated' && care.escalated !== 'check-in-missed') return no('stewardship.wrong-state')
  return accept({ type: 'checked-in', ...stamp(turn), dueAt: later(now, policy.checkInDays) })
}

function routeFix(turn: Turn, { route, fork }: CommandOf<'route-fix'>): StewardDecision {
  if (!isSteward(turn)) return no('asker.not-steward')
  if (turn.care.routes.length >= ROUTES_MAX) return no('stewardship.full')
  if ((route === 'fork') !== (fork !== null)) return no('fork.name-missing')
  const own = fork === null ? null : packageOf(fork)
  if (fork !== null && own === null) return no('target.malformed')
  if (own !== null && nameIn(own) === nameIn(turn.care.target)) return no('name.never-taken')
  return accept({ type: 'fix-routed', ...stamp(turn), route, fork: own })
}

function stepDown(turn: Turn): StewardDecision {
  const { care, person, now, policy } = turn
  if (care.coLead?.person === person) return accept({ type: 'co-lead-stepped-down', ...stamp(turn) })
  if (care.lead?.person !== person) return no('asker.not-steward')
  const stays = care.coLead !== null || care.state === 'escalated'
  const dueAt = stays ? care.dueAt : later(now, policy.unassignedDays)
  return accept({ type: 'lead-stepped-down', ...stamp(turn), dueAt })
}

function isSteward({ care, person }: Turn): boolean {
  return care.lead?.person === person || care.coLead?.person === person
}

function stamp({ care, person, now }: Turn): { readonly target: string; readonly at: Instant; readonly by: Id<'person'> } {
  return { target: care.target, at: now, by: person }
}

function pair({ person, organisation }: Steward): Steward {
  return { person, organisation }
}

function later(now: Instant, days: number): Instant {
  return Math.min(8_640_000_000_000_000, now + days * DAY) as Instant
}
