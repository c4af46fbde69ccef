import { decideDocket } from '../core/docket/decide.ts'
import type { Docket, DocketKind, DocketState, Party, TermsFacts } from '../core/docket/docket.ts'
import type { Asker, DocketCommand } from '../core/docket/docket-command.ts'
import type { DocketEvent } from '../core/docket/docket-event.ts'
import { evolveDocket } from '../core/docket/evolve.ts'
import { type DocketAsked, openDocket } from '../core/docket/open-docket.ts'
import { ACCESS_POLICIES } from '../core/docket/policy.ts'
import type { Seat } from '../core/docket/seat.ts'
import type { DocketDecision } from '../core/docket/turn.ts'
import type { Id } from '../core/kernel/id.ts'
import { DAY, HOUR, type Instant, instant, parseInstant } from '../core/kernel/instant.ts'

/** The policy that sample dockets are opened under: 30 days. */
export const POLICY = ACCESS_POLICIES[0]!

/** When sample dockets begin; days and hours of a play count from it. */
export const T0 = parseInstant('2026-11-01T00:00:00Z')!
export const at = (days: number, hours = 0): Instant => instant(T0 + days * DAY + hours * HOUR)

export const person = (name: string) => `per_${name}` as Id<'person'>
export const DEVELOPER = 'org_developer' as Id<'organisation'>
export const OFFICE = 'org_office' as Id<'organisation'>
export const PARTNER = 'ptr_one' as Id<'partner'>
export const digest = (of: string) => of.charCodeAt(0).toString(16).padStart(2, '0').repeat(32)

/** One person for each seat, and a second officer: the fewest people a whole docket needs, each in one seat. */
export const CAST: Readonly<Record<string, { readonly seat: Seat; readonly party: Party }>> = {
  lead: { seat: 'developer-lead', party: 'developer' },
  engineer: { seat: 'developer-engineer', party: 'developer' },
  officer: { seat: 'docket-officer', party: 'office' },
  deputy: { seat: 'docket-officer', party: 'office' },
  keys: { seat: 'access-custodian', party: 'office' },
  bench: { seat: 'benchmark-custodian', party: 'office' },
  runs: { seat: 'run-operator', party: 'office' },
  analyst: { seat: 'analyst', party: 'office' },
  second: { seat: 'second-analyst', party: 'office' },
  authority: { seat: 'determining-authority', party: 'office' },
  steward: { seat: 'partner-steward', party: 'office' },
  inspector: { seat: 'inspector', party: 'office' },
}

/** Somebody of the cast as the one who asks; any other name is a stranger of neither organisation. */
export function asker(name: string): Asker {
  if (name === 'weir') return { kind: 'machine' }
  const party = CAST[name]?.party ?? null
  const organisation = party === null ? ('org_other' as Id<'organisation'>) : party === 'developer' ? DEVELOPER : OFFICE
  return { kind: 'person', person: person(name), organisation, party }
}

export const FACTS: TermsFacts = {
  days: 30,
  opensBy: 'first-call',
  level: 'AL1',
  retentionDays: 90,
  downtimeExtends: false,
  mayPublish: true,
  findingsToIntake: true,
  readersNamed: true,
}

export function asked(more: Partial<DocketAsked> = {}): DocketAsked {
  const id = 'dkt_one' as Id<'docket'>
  const sides = { developer: DEVELOPER, office: OFFICE }
  return { docket: id, kind: 'access', policy: POLICY.id, planned: null, agreement: null, ...sides, ...more }
}

/** A docket as it goes: commands in order, every event kept. Throws where a step of the script is refused. */
export class Play {
  docket: Docket
  readonly events: DocketEvent[] = []

  constructor(more: Partial<DocketAsked> = {}) {
    this.docket = this.store(openDocket(asked(more), asker('lead'), T0), 'open')
  }

  /** What the command would come to, without doing it. */
  ask(who: string, command: DocketCommand, now: Instant = T0): DocketDecision {
    return decideDocket(this.docket, command, asker(who), now, POLICY)
  }

  do(who: string, command: DocketCommand, now: Instant = T0): this {
    this.docket = this.store(this.ask(who, command, now), `${who} ${command.do}`)
    return this
  }

  private store(decision: DocketDecision, what: string): Docket {
    if (!decision.ok) throw new Error(`${what}: ${decision.code}`)
    this.events.push(...decision.events)
    const before: Docket | null = this.events.length === decision.events.length ? null : this.docket
    return decision.events.reduce<Docket | null>(evolveDocket, before)!
  }
}

/** Seats the whole cast: the lead sits already, the first officer sits down by itself, the others are seated. */
export function seatAll(play: Play): Play {
  play.do('officer', seatOf('officer'))
  for (const name of Object.keys(CAST).filter((one) => one !== 'lead' && one !== 'officer')) {
    play.do(CAST[name]!.party === 'developer' ? 'lead' : 'officer', seatOf(name))
  }
  return play
}

export function seatOf(name: string): DocketCommand {
  const { party, seat } = CAST[name]!
  return { do: 'seat', person: person(name), organisation: party === 'developer' ? DEVELOPER : OFFICE, seat }
}

export function signTerms(play: Play, facts: TermsFacts = FACTS): Play {
  play.do('lead', { do: 'offer-terms', digest: digest('t'), facts })
  const version = play.docket.terms.length
  play.do('lead', { do: 'sign-terms', version, digest: digest('t') })
  return play.do('officer', { do: 'sign-terms', version, digest: digest('t') })
}

/** A docket of that kind in that state with everybody seated; the window opens on day 1, for 30 days if nothing else is said. */
export function playTo(state: DocketState, kind: DocketKind = 'access', facts: TermsFacts = FACTS): Play {
  const play = seatAll(new Play({ kind }))
  const steps: readonly (readonly [DocketState, () => unknown])[] = [
    ['terms', () => signTerms(play, facts)],
    ['access-ready', () => makeReady(play)],
    ['window-open', () => play.do('weir', { do: 'first-call' }, at(1))],
    ['analysis', () => play.do('weir', { do: 'clock' }, at(31))],
    ['recorded', () => record(play)],
    ['partner-selection', () => play.do('lead', PROPOSE, at(33))],
    ['partner-access', () => selectPartner(play)],
  ]
  if (state === 'closing' || state === 'closed') {
    play.do('lead', { do: 'begin-closing' }, at(1))
    return state === 'closing' ? play : closePlay(play, at(2))
  }
  if (state === 'inquiry') return play
  for (const [reached, step] of steps) {
    step()
    if (reached === state) break
  }
  if (play.docket.state !== state) throw new Error(`reached ${play.docket.state}, not ${state}`)
  return play
}

export const PROPOSE: DocketCommand = {
  do: 'propose-partner',
  partner: PARTNER,
  vetting: { list: 'partner-vetting/1.0.0', digest: digest('v') },
}

export function makeReady(play: Play): void {
  play.do('weir', { do: 'endpoint-registered' })
  play.do('weir', { do: 'endpoint-probed', fingerprint: 'f', changed: false })
  play.do('lead', { do: 'plan-release', planned: { at: at(60), zone: 'America/New_York' } })
  play.do('weir', { do: 'dry-run-passed' })
}

function record(play: Play): void {
  play.do('weir', { do: 'computed', outcome: 'met' }, at(32))
  play.do('authority', { do: 'record', recorded: 'covered', reasonDigest: null }, at(32))
}

function selectPartner(play: Play): void {
  play.do('lead', { do: 'sign-partner', partner: PARTNER }, at(34))
  readIn(play, 'steward', 'P', at(90), at(34)).do('steward', { do: 'sign-partner', partner: PARTNER }, at(34))
  play.do('officer', { do: 'read-out', person: person('steward'), compartment: 'P' }, at(34))
}

function closePlay(play: Play, now: Instant): Play {
  play.do('weir', { do: 'purged', receiptDigest: digest('r') }, now)
  play.do('lead', { do: 'sign-receipt', digest: digest('r') }, now)
  return play.do('officer', { do: 'sign-receipt', digest: digest('r') }, now)
}

/** Reads a person into a compartment by both officers. */
export function readIn(play: Play, name: string, compartment: 'D' | 'B' | 'R' | 'P', until: Instant, now: Instant = T0): Play {
  play.do('officer', { do: 'read-in', person: person(name), compartment, until }, now)
  return play.do('deputy', { do: 'second-read-in', person: person(name), compartment }, now)
}
