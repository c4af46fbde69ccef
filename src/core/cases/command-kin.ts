import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Case, CaseFlaw, Embargo } from './case.ts'
import type { KinCommand } from './case-command.ts'
import type { CaseEvent } from './case-event.ts'
import { no } from './case-refusal.ts'
import { MOST_DUTIES, offerProblem, proposalOf } from './command-embargo.ts'
import { MOST_CLAIMS, MOST_FLAWS } from './command-flaw.ts'
import { isBinding } from './embargo-state.ts'
import { evolveCase } from './evolve.ts'
import { type Moved, movedPeople } from './merge.ts'
import { stepReport } from './report-state.ts'
import { isEarlier, participantOf, publicityOf, signatoriesOf } from './roster.ts'
import { mayBeginEmbargo, mayCloseReport } from './rules.ts'
import { boundBy, revisedBy, settled } from './settle.ts'
import { type CaseDecision, type CommandOf, stamp, type Turn } from './turn.ts'

/** Merging in, handing over, word from a case of the same family, closing. */
export function obeyKin(turn: Turn, command: KinCommand): CaseDecision {
  switch (command.do) {
    case 'merge-in':
      return mergeIn(turn, command)
    case 'hand-over':
      return handOver(turn, command)
    case 'hear-of-kin': {
      const { kin, embargo, endsAt, born } = command
      return accept({ type: 'kin-heard', ...stamp(turn), kin, embargo, endsAt, born })
    }
    case 'close-case':
      return close(turn)
    case 'clock':
      return accept()
  }
}

function mergeIn(turn: Turn, { other, flaws, propose }: CommandOf<'merge-in'>): CaseDecision {
  const { case: of, now } = turn
  if (other.id === of.id) return no('merge.self')
  if (other.state !== 'open') return no('merge.not-open')
  if (other.coordinator !== of.coordinator) return no('merge.other-coordinator')
  const held = new Set(of.flaws.map(({ flaw }) => flaw))
  const taken = other.flaws.filter(({ flaw }) => flaws === 'all' || flaws.includes(flaw))
  const asked = flaws === 'all' ? other.flaws.length : new Set(flaws).size
  if (taken.length === 0 || taken.length !== asked) return no('flaw.none')
  const fresh = taken.filter(({ flaw }) => !held.has(flaw))
  if (of.flaws.length + fresh.length > MOST_FLAWS) return no('case.full')
  const binds = [of, other].some(({ embargo }) => isBinding(embargo.state))
  // What has ended for good stays ended, also in another case.
  if (other.embargo.state === 'exited' ? of.embargo.state !== 'exited' : isOver(other, now)) return no('merge.ended')
  if (binds && of.embargo.state === 'exited') return no('merge.ended')
  if (!mayBeginEmbargo([...of.flaws, ...taken].map(publicityOf)) && (binds || of.embargo.state === 'proposed'))
    return no('flaw.public')
  const carried = carriedTerms(turn, other)
  const after = carried.reduce(evolveCase, of)
  const version = isBinding(after.embargo.state) ? after.embargo.terms!.version : null
  const people = movedPeople(
    after,
    other,
    taken.map(({ flaw }) => flaw),
    version,
    now,
  )
  const come = taken.map((flaw): CaseFlaw => ({ ...flaw, from: other.id }))
  const events: CaseEvent[] = [
    ...carried,
    { type: 'flaws-taken', ...stamp(turn), from: other.id, flaws: come, ...people, ...said(of, other, come, people) },
  ]
  if (propose === null) return accept(...events)
  const merged = { ...turn, case: events.reduce(evolveCase, of) }
  const problem = offerProblem(merged.case, propose.endsAt, now)
  if (problem !== null) return no(problem)
  const proposal = proposalOf(merged, of.chair, propose)
  return accept(
    ...settled(turn, [...events, { type: 'embargo-proposed', ...stamp(turn), proposal, weighing: null }], proposal.number),
  )
}

// What was said and waits to be confirmed is not lost by a merge, nor a duty that somebody has by law.
function said(of: Case, other: Case, come: readonly CaseFlaw[], { joined }: Moved): Pick<Case, 'claims' | 'duties'> {
  const ids = new Map(joined.map(({ from, into }) => [from, into]))
  const moved = <T extends { readonly participant: Id<'participant'> }>(one: T): T => {
    return { ...one, participant: ids.get(one.participant) ?? one.participant }
  }
  const about = new Set(come.map(({ flaw }) => flaw))
  const claims = other.claims.filter(({ flaw }) => about.has(flaw)).map(moved)
  return {
    claims: claims.slice(0, Math.max(0, MOST_CLAIMS - of.claims.length)),
    duties: other.duties.map(moved).slice(0, Math.max(0, MOST_DUTIES - of.duties.length)),
  }
}

function isOver({ embargo }: Case, now: Instant): boolean {
  const end = embargo.terms?.endsAt ?? null
  return isBinding(embargo.state) && end !== null && end <= now
}

// The earliest accepted end holds, by the machine's own steps: proposed and accepted here as it was there.
function carriedTerms(turn: Turn, other: Case): readonly CaseEvent[] {
  const { embargo } = turn.case
  const theirs = other.embargo.terms
  if (!isBinding(other.embargo.state) || theirs === null) return []
  if (isBinding(embargo.state) && !isEarlier(theirs.endsAt, embargo.terms!.endsAt)) return []
  const proposal = proposalOf(turn, turn.case.chair, theirs)
  const proposed: CaseEvent = { type: 'embargo-proposed', ...stamp(turn), proposal, weighing: null }
  const at = { ...turn, case: evolveCase(turn.case, proposed) }
  if (isBinding(embargo.state)) return [proposed, revisedBy(at, proposal, [], [])]
  // Whoever agreed there and is here too is bound here too.
  const there = new Set(signatoriesOf(other).map(({ id }) => id))
  return [
    proposed,
    boundBy(
      at,
      proposal,
      turn.case.participants.filter(({ id }) => there.has(id)).map(({ id }) => id),
    ),
  ]
}

function handOver(turn: Turn, { to, flaws, as }: CommandOf<'hand-over'>): CaseDecision {
  const { case: of } = turn
  if (to === of.id) return no('merge.self')
  const given = of.flaws.map(({ flaw }) => flaw).filter((flaw) => flaws === 'all' || flaws.includes(flaw))
  if (given.length === 0 || (flaws !== 'all' && given.length !== new Set(flaws).size)) return no('flaw.none')
  const all = given.length === of.flaws.length
  if (all && as === 'split') return no('split.all')
  const base = stamp(turn)
  const over: CaseEvent = { type: 'flaws-handed-over', ...base, to, flaws: given, as }
  if (!all) return accept(over)
  const carried: readonly CaseEvent[] = isBinding(of.embargo.state)
    ? [{ type: 'embargo-ended', ...base, why: 'carried-over', reason: null }]
    : fallen(turn, of.embargo)
  return accept(over, ...carried, { type: 'case-closed', ...base, mergedInto: to })
}

function fallen(turn: Turn, { open }: Embargo): readonly CaseEvent[] {
  return open.map(({ number }) => ({ type: 'proposal-rejected', ...stamp(turn), proposal: number, why: 'closed' }))
}

function close(turn: Turn): CaseDecision {
  const { case: of } = turn
  if (!mayCloseReport(of.embargo.state)) return no('report.embargo-stands')
  const chair = participantOf(of, of.chair)!
  const base = stamp(turn)
  const closed: CaseEvent = { type: 'case-closed', ...base, mergedInto: null }
  if (chair.report === 'closed') return accept(...fallen(turn, of.embargo), closed)
  if (stepReport(chair.report, 'close') === null) return no('report.move')
  const judged: CaseEvent = { type: 'report-judged', ...base, participant: of.chair, move: 'close', reason: null }
  return accept(...fallen(turn, of.embargo), judged, closed)
}

/** The family of a case, each once. */
export function kinOf({ parent, children, siblings }: Case): readonly Id<'case'>[] {
  return [...new Set([...(parent === null ? [] : [parent]), ...children, ...siblings])]
}
