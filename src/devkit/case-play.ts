import type { Case, ParticipantKind, Tier } from '../core/cases/case.ts'
import type { Asker, CaseCommand } from '../core/cases/case-command.ts'
import type { CaseEvent } from '../core/cases/case-event.ts'
import { decideCase } from '../core/cases/decide.ts'
import { evolveCase } from '../core/cases/evolve.ts'
import { type CaseAsked, openCase } from '../core/cases/open-case.ts'
import { openSplit, type SplitAsked } from '../core/cases/open-split.ts'
import { termsAsked } from '../core/cases/roster.ts'
import type { CaseDecision } from '../core/cases/turn.ts'
import type { Id } from '../core/kernel/id.ts'
import { DAY, HOUR, type Instant, instant, parseInstant } from '../core/kernel/instant.ts'

/** When sample cases begin; days and hours of a play count from it. */
export const CASE_T0 = parseInstant('2026-11-01T12:00:00Z')!
export const onDay = (days: number, hours = 0): Instant => instant(CASE_T0 + days * DAY + hours * HOUR)

export const ptp = (name: string) => `ptp_${name}` as Id<'participant'>
export const flw = (name: string) => `flw_${name}` as Id<'flaw'>
export const cas = (name: string) => `cas_${name}` as Id<'case'>
export const sha = (of: string) => of.charCodeAt(0).toString(16).padStart(2, '0').repeat(32)
export const CLEARINGHOUSE = 'org_clearinghouse' as Id<'organisation'>

/**
 * `chair` coordinates; `weir` is the clock; `name` speaks for that participant, `name#2` as a second person; `contact:name` is one
 * without an account.
 */
export function caseAsker(name: string): Asker {
  if (name === 'weir') return { kind: 'clock' }
  if (name.startsWith('contact:')) return { kind: 'contact', participant: ptp(name.slice(8)) }
  const person = `per_${name.replace('#', '_')}` as Id<'person'>
  if (name === 'chair') return { kind: 'person', person, participants: [], coordinator: true }
  return { kind: 'person', person, participants: [ptp(name.split('#')[0]!)], coordinator: false }
}

export function caseAsked(name: string, flaws: readonly string[], more: Partial<CaseAsked> = {}): CaseAsked {
  const known = flaws.map((flaw) => ({ flaw: flw(flaw), cve: null }))
  const head = { case: cas(name), coordinator: CLEARINGHOUSE, chair: ptp(`chair_${name}`) }
  return { ...head, flaws: known, latest: null, deployedFrom: 0.9, ...more }
}

export function inviting(
  play: CasePlay,
  name: string,
  kind: ParticipantKind,
  flaws: 'all' | readonly string[] = 'all',
  tier: Tier = 0,
): CaseCommand {
  const offered = flaws === 'all' ? flaws : flaws.map(flw)
  const organisation = `org_${name}` as Id<'organisation'>
  const who = { participant: ptp(name), organisation, kind, tier, inviter: play.case.chair }
  return { do: 'invite', ...who, flaws: offered, respondBy: null, showsProduct: false }
}

export function proposing(by: Id<'participant'>, endsAt: Instant | null, silence: 'no' | 'lapse' = 'no'): CaseCommand {
  const offer = { endsAt, policy: 'sample-90/1', why: ['Ninety days from the report, by the policy of the sample.'] }
  return { do: 'propose-embargo', participant: by, respondBy: null, silence, weighing: null, ...offer }
}

/** A case as it goes: commands in order, every event kept. Throws where a step of the script is refused. */
export class CasePlay {
  case: Case
  readonly events: CaseEvent[] = []

  constructor(opening: CaseDecision = openCase(caseAsked('one', ['one', 'two']), caseAsker('chair'), CASE_T0)) {
    if (!opening.ok) throw new Error(`open: ${opening.code}`)
    this.case = evolveCase(null, opening.events[0]!)
    this.store(opening.events, opening.events.slice(1))
  }

  /** What the command would come to, without doing it. */
  ask(who: string, command: CaseCommand, now: Instant = CASE_T0): CaseDecision {
    return decideCase(this.case, command, caseAsker(who), now)
  }

  do(who: string, command: CaseCommand, now: Instant = CASE_T0): this {
    const decision = this.ask(who, command, now)
    if (!decision.ok) throw new Error(`${who} ${command.do}: ${decision.code}`)
    return this.store(decision.events, decision.events)
  }

  /** Nothing but time passes. */
  wait(now: Instant): this {
    return this.do('weir', { do: 'clock' }, now)
  }

  /** Invited by the chair and, on the terms that stand then, in. */
  join(name: string, kind: ParticipantKind, now: Instant = CASE_T0, flaws: 'all' | readonly string[] = 'all'): this {
    return this.do('chair', inviting(this, name, kind, flaws), now).come(name, now)
  }

  come(name: string, now: Instant = CASE_T0): this {
    return this.do(name, { do: 'accept-invitation', participant: ptp(name), terms: termsAsked(this.case) }, now)
  }

  /** The case that is split off, and the flaws handed over to it. */
  split(asked: SplitAsked, now: Instant = CASE_T0): CasePlay {
    const child = new CasePlay(openSplit(this.case, asked, caseAsker('chair'), now))
    this.do('chair', { do: 'hand-over', to: asked.case, flaws: asked.flaws, as: 'split' }, now)
    return child
  }

  private store(kept: readonly CaseEvent[], applied: readonly CaseEvent[]): this {
    this.events.push(...kept)
    this.case = applied.reduce(evolveCase, this.case)
    return this
  }
}

/** A finder in, a 90-day embargo proposed by the chair and accepted by that finder; then as many vendors, in and bound. */
export function embargoed(vendors = 1, opening?: CaseDecision): CasePlay {
  const play = new CasePlay(opening).join('finder', 'finder')
  play.do('chair', proposing(play.case.chair, onDay(90)))
  play.do('finder', { do: 'answer-embargo', participant: ptp('finder'), proposal: 1, answer: 'accept' })
  for (let n = 1; n <= vendors; n++) play.join(`vendor${n}`, 'vendor')
  return play
}
