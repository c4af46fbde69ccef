import { accept } from '../kernel/decision.ts'
import type { Participant } from './case.ts'
import type { ReportCommand, WorkCommand } from './case-command.ts'
import type { CaseEvent } from './case-event.ts'
import { no } from './case-refusal.ts'
import { stepReport } from './report-state.ts'
import { participantOf, shortestOf, workOf } from './roster.ts'
import { mayCloseReport, mayHaveFix } from './rules.ts'
import { settled } from './settle.ts'
import { type CaseDecision, type CommandOf, stamp, type Turn } from './turn.ts'
import { isFixReady, stepVendor } from './vendor-step.ts'

const SECONDED = ['vendor']

/** What participants do with a report: judge it, send one. */
export function obeyReport(turn: Turn, command: ReportCommand): CaseDecision {
  const { case: of } = turn
  const one = participantOf(of, command.participant)!
  const base = { ...stamp(turn), participant: one.id }
  if (command.do === 'judge-report') {
    const { move, reason } = command
    if (move === 'receive' || stepReport(one.report, move) === null) return no('report.move')
    if (move === 'close' && !mayCloseReport(of.embargo.state)) return no('report.embargo-stands')
    return accept({ type: 'report-judged', ...base, move, reason })
  }
  const known = [...one.flaws, ...one.offered].includes(command.flaw)
  if (!known) return no('flaw.none')
  const sent: CaseEvent = { type: 'report-sent', ...base, flaw: command.flaw, digest: command.digest }
  const open = of.embargo.state === 'proposed' ? shortestOf(of.embargo.open) : null
  if (open === null || open.proposedBy === one.id) return accept(sent)
  // Whoever sends a report while a first proposal stands has accepted it.
  const answered: CaseEvent = { type: 'embargo-answered', ...base, proposal: open.number, answer: 'accept' }
  return accept(...settled(turn, [sent, answered], open.number))
}

/** What makers and operators tell of one flaw: fix, deployment, status. */
export function obeyWork(turn: Turn, command: WorkCommand): CaseDecision {
  const one = participantOf(turn.case, command.participant)!
  if (!one.flaws.includes(command.flaw)) return no('flaw.none')
  switch (command.do) {
    case 'fix-ready':
      return fixReady(turn, one, command)
    case 'tell-deployed':
      return tellDeployed(turn, one, command)
    case 'state-status':
      return stateStatus(turn, one, command)
    case 'approve-status':
      return approveStatus(turn, one, command)
  }
}

function fixReady(turn: Turn, one: Participant, { flaw }: CommandOf<'fix-ready'>): CaseDecision {
  const { step } = workOf(one, flaw)
  if (step === null || stepVendor(step, 'fix-ready') === null) return no('work.step')
  if (!mayHaveFix(one.report)) return no('work.not-prioritised')
  return accept({ type: 'fix-readied', ...stamp(turn), participant: one.id, flaw })
}

function tellDeployed(turn: Turn, one: Participant, { flaw, share }: CommandOf<'tell-deployed'>): CaseDecision {
  const { step, deployedAt } = workOf(one, flaw)
  if (step !== null && !isFixReady(step)) return no('work.step')
  const reached = deployedAt === null && share >= turn.case.deployedFrom
  return accept({ type: 'deployment-told', ...stamp(turn), participant: one.id, flaw, share, reached })
}

function stateStatus(turn: Turn, one: Participant, command: CommandOf<'state-status'>): CaseDecision {
  const { flaw, status, justification, digest } = command
  if ((status === 'not-affected') !== (justification !== null)) return no('work.justification')
  const before = workOf(one, flaw)
  const number = Math.max(before.stated?.number ?? 0, before.status?.number ?? 0) + 1
  const base = stamp(turn)
  const said = { number, status, justification, digest, statedBy: base.by, statedAt: turn.now }
  const stated = { ...said, approvedBy: null, approvedAt: null }
  const event: CaseEvent = { type: 'status-stated', ...base, participant: one.id, flaw, stated }
  if (SECONDED.includes(one.kind)) return accept(event)
  return accept<CaseEvent>(event, { type: 'status-approved', ...base, participant: one.id, flaw, number })
}

function approveStatus(turn: Turn, one: Participant, { flaw, number }: CommandOf<'approve-status'>): CaseDecision {
  const { stated } = workOf(one, flaw)
  if (stated === null || stated.number !== number) return no('work.nothing-stated')
  const base = stamp(turn)
  // A contact by a one-time link is nobody in particular, and so seconds nobody.
  if (base.by === null || base.by === stated.statedBy) return no('asker.two-people')
  return accept({ type: 'status-approved', ...base, participant: one.id, flaw, number })
}
