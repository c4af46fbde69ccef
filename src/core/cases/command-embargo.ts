import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import { DAY, type Instant } from '../kernel/instant.ts'
import type { Case, EmbargoProposal } from './case.ts'
import type { EmbargoCommand, Offer } from './case-command.ts'
import type { CaseEvent } from './case-event.ts'
import { type CaseRefusal, no } from './case-refusal.ts'
import { answerBy } from './command-people.ts'
import { isBinding } from './embargo-state.ts'
import { allAgreed } from './publishing.ts'
import { isEarlier, isMaker, isReader, participantOf, publicityOf } from './roster.ts'
import { mayBeginEmbargo } from './rules.ts'
import { boundBy, isAsked, settled } from './settle.ts'
import { type CaseDecision, type CommandOf, stamp, type Turn } from './turn.ts'
import { isFixReady } from './vendor-step.ts'

const MOST_OPEN = 20
const MOST_OF_ONE = 3
const MOST_EVER = 1000
export const MOST_DUTIES = 500
const DUTY_REACH = 3650 * DAY

/** Proposals, answers, defaults, the end by a person, duties by law, and who agrees to publish. */
export function obeyEmbargo(turn: Turn, command: EmbargoCommand): CaseDecision {
  switch (command.do) {
    case 'propose-embargo':
      return propose(turn, command)
    case 'answer-embargo':
      return answer(turn, command)
    case 'withdraw-proposal':
      return withdraw(turn, command)
    case 'apply-default':
      return applyDefault(turn, command)
    case 'end-embargo':
      return end(turn, command)
    case 'legal-disclosure':
      return recordDuty(turn, command)
    case 'agree-to-publish':
      return agreeToPublish(turn, command)
  }
}

/** Why no embargo with that end can be proposed now; null: it can. */
export function offerProblem(of: Case, endsAt: Instant | null, now: Instant): CaseRefusal | null {
  const { state, open, newest, latest, terms } = of.embargo
  if (state === 'exited') return 'embargo.exited'
  if (of.flaws.length === 0) return 'case.no-flaws'
  if (!mayBeginEmbargo(of.flaws.map(publicityOf))) return 'flaw.public'
  if (open.length >= MOST_OPEN || newest >= MOST_EVER) return 'case.full'
  if (endsAt !== null && endsAt <= now) return 'embargo.past'
  if (isEarlier(latest, endsAt)) return 'embargo.too-long'
  return isBinding(state) && terms?.endsAt === endsAt ? 'embargo.same' : null
}

/** An offer as the next proposal of the case. */
export function proposalOf(turn: Turn, by: Id<'participant'>, offer: Offer, more: Partial<EmbargoProposal> = {}) {
  const { case: of, now } = turn
  const { endsAt, policy, why } = offer
  const asked = { respondBy: answerBy(null, now), silence: 'no' as const, answers: [] }
  const proposal: EmbargoProposal = { number: of.embargo.newest + 1, proposedBy: by, at: now, endsAt, policy, why, ...asked }
  return { ...proposal, ...more }
}

function propose(turn: Turn, command: CommandOf<'propose-embargo'>): CaseDecision {
  const { case: of, now } = turn
  const one = participantOf(of, command.participant)!
  if (!isAsked(of, one)) return no('asker.not-reader')
  const problem = offerProblem(of, command.endsAt, now)
  if (problem !== null) return no(problem)
  const { inherited, open } = of.embargo
  if (open.filter(({ proposedBy }) => proposedBy === one.id).length >= MOST_OF_ONE) return no('case.full')
  if (inherited !== null && isEarlier(command.endsAt, inherited) && command.weighing === null)
    return no('embargo.weighing-needed')
  const { silence, respondBy, weighing } = command
  const proposal = proposalOf(turn, one.id, command, { silence, respondBy: answerBy(respondBy, now) })
  return accept(...settled(turn, [{ type: 'embargo-proposed', ...stamp(turn), proposal, weighing }], proposal.number))
}

function answer(turn: Turn, command: CommandOf<'answer-embargo'>): CaseDecision {
  const { case: of } = turn
  const one = participantOf(of, command.participant)!
  const proposal = of.embargo.open.find(({ number }) => number === command.proposal)
  // Who is only invited answers a first proposal by accepting or declining the invitation; to others it stays unknown.
  if (proposal === undefined || !isReader(of, one)) return no('embargo.no-proposal')
  if (proposal.proposedBy === one.id) return no('embargo.own-proposal')
  const before = proposal.answers.find(({ participant }) => participant === one.id)
  if (before?.answer === command.answer) return no('embargo.answered')
  if (command.answer === 'accept' && !mayBeginEmbargo(of.flaws.map(publicityOf))) return no('flaw.public')
  if (command.answer === 'accept' && proposal.endsAt !== null && proposal.endsAt <= turn.now) return no('embargo.past')
  const said = { participant: one.id, proposal: proposal.number, answer: command.answer }
  return accept(...settled(turn, [{ type: 'embargo-answered', ...stamp(turn), ...said }], proposal.number))
}

function withdraw(turn: Turn, { participant, proposal }: CommandOf<'withdraw-proposal'>): CaseDecision {
  const mine = turn.case.embargo.open.some(({ number, proposedBy }) => number === proposal && proposedBy === participant)
  if (!mine) return no('embargo.no-proposal')
  return accept({ type: 'proposal-rejected', ...stamp(turn), proposal, why: 'withdrawn' })
}

// Where the senders said nothing, it is as if they had proposed what the receiver publishes. The receiver still agrees by coming in.
function applyDefault(turn: Turn, command: CommandOf<'apply-default'>): CaseDecision {
  const { case: of, now } = turn
  const receiver = participantOf(of, command.receiver)
  if (receiver === null || receiver.leftAt !== null) return no('participant.none')
  if (of.embargo.state === 'exited') return no('embargo.exited')
  if (of.embargo.newest > 0) return no('embargo.default-too-late')
  const problem = offerProblem(of, command.endsAt, now)
  if (problem !== null) return no(problem)
  const proposal = proposalOf(turn, of.chair, command)
  const senders = of.participants.filter((one) => one.kind === 'finder' && isReader(of, one)).map(({ id }) => id)
  const readied = isReader(of, receiver) ? [receiver.id] : []
  return accept<CaseEvent>(
    { type: 'embargo-proposed', ...stamp(turn), proposal, weighing: null },
    boundBy(turn, proposal, [...senders, ...readied]),
  )
}

function end(turn: Turn, { why, reason }: CommandOf<'end-embargo'>): CaseDecision {
  const { case: of } = turn
  if (!isBinding(of.embargo.state)) return no('embargo.not-binding')
  if (why === 'all-agreed' && !allAgreed(of)) return no('embargo.not-ripe')
  if (why === 'fixes-ready' && !mostReady(of)) return no('embargo.not-ripe')
  return accept({ type: 'embargo-ended', ...stamp(turn), why, reason })
}

// More than half of what the readers among maintainers, vendors and distributors have to fix.
function mostReady(of: Case): boolean {
  const works = of.participants.filter((one) => isMaker(one.kind) && isReader(of, one)).flatMap(({ works: all }) => all)
  return works.filter(({ step }) => step !== null && isFixReady(step)).length * 2 > works.length
}

function recordDuty(turn: Turn, { participant, duty, source, dueAt }: CommandOf<'legal-disclosure'>): CaseDecision {
  const { case: of, now } = turn
  if (of.duties.length >= MOST_DUTIES) return no('case.full')
  if (Math.abs(dueAt - now) > DUTY_REACH) return no('legal.past')
  const base = stamp(turn)
  return accept({ type: 'duty-recorded', ...base, duty: { participant, duty, source, dueAt, recordedAt: now, by: base.by } })
}

function agreeToPublish(turn: Turn, { participant, agree }: CommandOf<'agree-to-publish'>): CaseDecision {
  const said = turn.case.agreedToPublish.some((one) => one.participant === participant)
  return said === agree ? no('publish.said') : accept({ type: 'publishing-agreed', ...stamp(turn), participant, agree })
}
