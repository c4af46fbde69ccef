import { accept } from '../kernel/decision.ts'
import { instant } from '../kernel/instant.ts'
import type { CaseFlaw } from './case.ts'
import type { FlawCommand } from './case-command.ts'
import type { CaseEvent } from './case-event.ts'
import { no } from './case-refusal.ts'
import { participantOf } from './roster.ts'
import { publicityEnds } from './rules.ts'
import { type CaseDecision, type CommandOf, stamp, type Turn } from './turn.ts'

export const MOST_FLAWS = 50
export const MOST_CLAIMS = 200
const CVE = /^CVE-[0-9]{4}-[0-9]{4,10}$/

/** A flaw that the case has learnt of by itself, with nothing of it public. */
export function freshFlaw(flaw: CaseFlaw['flaw'], addedAt: CaseFlaw['addedAt'], cve: string | null): CaseFlaw {
  return { flaw, addedAt, from: null, public: null, exploit: null, attacks: null, cve }
}

/** Whether that is a CVE id, or null. */
export function isCve(text: string | null): boolean {
  return text === null || CVE.test(text)
}

/** Flaws of the case, their CVE ids, and what of them is in the open. */
export function obeyFlaw(turn: Turn, command: FlawCommand): CaseDecision {
  const { case: of, now } = turn
  const flaw = of.flaws.find((one) => one.flaw === command.flaw)
  if (command.do === 'add-flaw') {
    if (flaw !== undefined) return no('flaw.exists')
    if (of.flaws.length >= MOST_FLAWS) return no('case.full')
    if (!isCve(command.cve)) return no('cve.malformed')
    return accept({ type: 'flaw-added', ...stamp(turn), flaw: freshFlaw(command.flaw, now, command.cve) })
  }
  if (flaw === undefined) return no('flaw.none')
  if (command.do === 'note-publicity') return notePublicity(turn, flaw, command)
  if (!isCve(command.cve)) return no('cve.malformed')
  return accept({ type: 'cve-set', ...stamp(turn), flaw: flaw.flaw, cve: command.cve })
}

function notePublicity(turn: Turn, known: CaseFlaw, command: CommandOf<'note-publicity'>): CaseDecision {
  const { case: of, now } = turn
  const { participant, flaw, what, evidence } = command
  if (!participantOf(of, participant)!.flaws.includes(flaw)) return no('flaw.none')
  if (known[what] !== null) return no('flaw.noted')
  const base = stamp(turn)
  if (participant !== of.chair) {
    if (of.claims.length >= MOST_CLAIMS) return no('case.full')
    return accept({ type: 'publicity-claimed', ...base, participant, flaw, what, evidence })
  }
  const noted = (thing: typeof what): CaseEvent => ({
    type: 'publicity-noted',
    ...base,
    flaw,
    what: thing,
    // Nothing has happened that lies ahead.
    happened: instant(Math.min(command.at, now)),
    evidence,
  })
  // An exploit in the open makes its flaw public with it.
  const both = what === 'exploit' && known.public === null ? [noted('exploit'), noted('public')] : [noted(what)]
  return accept(...both, ...fallen(turn, what))
}

function fallen(turn: Turn, why: 'public' | 'exploit' | 'attacks'): readonly CaseEvent[] {
  const { embargo } = turn.case
  const base = stamp(turn)
  const effect = publicityEnds(embargo.state)
  if (effect === 'terminate') return [{ type: 'embargo-ended', ...base, why, reason: null }]
  if (effect === null) return []
  return embargo.open.map(({ number }) => ({ type: 'proposal-rejected', ...base, proposal: number, why: 'publicity' }))
}
