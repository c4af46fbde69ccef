import { accept } from '../kernel/decision.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Case } from './case.ts'
import type { Asker, CaseCommand } from './case-command.ts'
import type { CaseEvent } from './case-event.ts'
import { no } from './case-refusal.ts'
import { askerProblem } from './command-askers.ts'
import { obeyEmbargo } from './command-embargo.ts'
import { obeyFlaw } from './command-flaw.ts'
import { kinOf, obeyKin } from './command-kin.ts'
import { obeyPeople } from './command-people.ts'
import { isWellFormed } from './command-shape.ts'
import { obeyReport, obeyWork } from './command-work.ts'
import { dueEvents } from './due.ts'
import { evolveCase } from './evolve.ts'
import { type CaseDecision, stamp, type Turn } from './turn.ts'

/**
 * What a command does to a case at `now`. What time alone has brought about comes first, so that no command reaches back behind
 * an end; word to the family of the case comes last. A refusal changes nothing.
 */
export function decideCase(of: Case, command: CaseCommand, asker: Asker, now: Instant): CaseDecision {
  if (!isWellFormed(command)) return no('command.malformed')
  if (of.state === 'closed') return command.do === 'clock' && asker.kind === 'clock' ? accept() : no('case.closed')
  const due = dueEvents({ case: of, asker, now })
  const turn: Turn = { case: due.reduce(evolveCase, of), asker, now }
  const problem = askerProblem(turn.case, asker, command)
  if (problem !== null) return no(problem)
  const decision = obey(turn, command)
  if (!decision.ok) return decision
  const after = decision.events.reduce(evolveCase, turn.case)
  const later = dueEvents({ ...turn, case: after })
  const last = later.reduce(evolveCase, after)
  return accept(...due, ...decision.events, ...later, ...word(turn, of, last))
}

// What changes here may concern those who were split from one case with this one.
function word(turn: Turn, before: Case, after: Case): readonly CaseEvent[] {
  const kin = kinOf(after)
  const { state: embargo, terms } = after.embargo
  const endsAt = terms?.endsAt ?? null
  const same = before.embargo.state === embargo && (before.embargo.terms?.endsAt ?? null) === endsAt
  return kin.length === 0 || same ? [] : [{ type: 'kin-to-tell', ...stamp(turn), kin, embargo, endsAt }]
}

function obey(turn: Turn, command: CaseCommand): CaseDecision {
  switch (command.do) {
    case 'invite':
    case 'invite-again':
    case 'widen':
    case 'accept-invitation':
    case 'decline-invitation':
    case 'leave':
    case 'remove':
    case 'hide':
      return obeyPeople(turn, command)
    case 'judge-report':
    case 'send-report':
      return obeyReport(turn, command)
    case 'fix-ready':
    case 'tell-deployed':
    case 'state-status':
    case 'approve-status':
      return obeyWork(turn, command)
    case 'add-flaw':
    case 'set-cve':
    case 'note-publicity':
      return obeyFlaw(turn, command)
    case 'merge-in':
    case 'hand-over':
    case 'hear-of-kin':
    case 'close-case':
    case 'clock':
      return obeyKin(turn, command)
    default:
      return obeyEmbargo(turn, command)
  }
}
