import type { CaseAct } from '../../../contract/shapes/case.ts'
import type { Participant } from '../../../core/cases/case.ts'
import type { CaseCommand } from '../../../core/cases/case-command.ts'
import { type LegalRegime, legalDuties } from '../../../core/cases/embargo-policy/legal-duty.ts'
import { isEarlier } from '../../../core/cases/roster.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { CaseDesk } from './case-desk.ts'
import { lettersUnderWay } from './close-case.ts'
import type { Prepared } from './command-case.ts'
import { inviteOf } from './invite-party.ts'
import { keepText } from './kept-text.ts'
import type { SeenCase } from './load-case.ts'
import { freeFlaws } from './open-case.ts'

/** Acts that are one command of core. */
export type PlainAct = Exclude<CaseAct, { do: 'merge' | 'split' | 'judge-severity' }>

const MOVES = {
  received: 'receive',
  invalid: 'invalidate',
  valid: 'validate',
  deferred: 'defer',
  accepted: 'accept',
  closed: 'close',
} as const

const NOT_HERE = (where: string, what: string) =>
  denied('request.invalid', `There is no ${what} of that id here.`, `act/${where}`)
const NOT_INSTANT = (where: string) =>
  denied('request.invalid', 'An instant with its zone, for example 2026-11-21T17:00:00Z.', `act/${where}`)

/** What a person's act means as a command of core, with the texts that go with it. */
export async function commandOf(desk: CaseDesk, tx: Tx, seen: SeenCase, act: PlainAct): Promise<Answer<Prepared>> {
  switch (act.do) {
    case 'invite':
      return await inviteOf(desk, tx, seen, act)
    case 'add-flaw': {
      const flaw = parseId('flaw', act.flaw)
      if (flaw === null) return NOT_HERE('flaw', 'flaw')
      const free = seen.case.flaws.some((one) => one.flaw === flaw)
        ? done(null)
        : await freeFlaws(desk, tx, [flaw], seen.case.coordinator)
      return free.ok ? done({ command: { do: 'add-flaw', flaw, cve: null } }) : free
    }
    case 'set-cve': {
      const flaw = parseId('flaw', act.flaw)
      return flaw === null ? NOT_HERE('flaw', 'flaw') : plain({ do: 'set-cve', flaw, cve: act.cve })
    }
    case 'remove': {
      const participant = parseId('participant', act.participant)
      if (participant === null) return NOT_HERE('participant', 'participant')
      return withText(seen, act.why, (reason) => ({ do: 'remove', participant, reason }))
    }
    case 'confirm':
      return confirmOf(seen, act)
    case 'end-embargo':
      return withText(seen, act.reason || END_WORDS[act.why], (reason) => ({ do: act.do, why: act.why, reason }))
    case 'close':
      if (await lettersUnderWay(tx, seen.case.id)) return denied('case.refused', 'A letter of the case is on its way.')
      return withText(seen, act.why, () => ({ do: 'close-case' }))
    default:
      return partyAct(seen, act)
  }
}

const END_WORDS = {
  'adversary-knows': 'Adversaries know of it.',
  'fixes-ready': 'Most fixes are ready.',
  'all-agreed': 'All agreed to publish.',
} as const

type PartyAct = Extract<PlainAct, { party: string }>

function partyAct(seen: SeenCase, act: PartyAct): Answer<Prepared> {
  const one = seen.parties.find(({ id }) => id === parseId('participant', act.party))
  if (one === undefined)
    return denied('request.invalid', 'There is no participant of that id for which you speak.', 'act/party')
  const participant = one.id
  switch (act.do) {
    case 'accept':
      return plain({ do: 'accept-invitation', participant, terms: act.version })
    case 'decline':
      return plain({ do: 'decline-invitation', participant })
    case 'leave':
      return plain({ do: 'leave', participant })
    case 'hide':
      return plain({ do: 'hide', participant, hidden: act.hidden })
    case 'propose':
      return proposeOf(seen, participant, act)
    case 'answer': {
      const own = seen.case.embargo.open.some(({ number, proposedBy }) => number === act.number && proposedBy === participant)
      if (own && act.answer === 'decline') return plain({ do: 'withdraw-proposal', participant, proposal: act.number })
      return plain({ do: 'answer-embargo', participant, proposal: act.number, answer: act.answer })
    }
    case 'report': {
      const move = MOVES[act.to]
      return withText(seen, act.text, (reason) => ({ do: 'judge-report', participant, move, reason }))
    }
    case 'agree-to-publish':
      return plain({ do: 'agree-to-publish', participant, agree: act.agree })
    case 'legal-duty':
      return dutyOf(one, act)
    default:
      return flawAct(seen, participant, act)
  }
}

type FlawAct = Extract<PartyAct, { flaw: string }>

function flawAct(seen: SeenCase, participant: Id<'participant'>, act: FlawAct): Answer<Prepared> {
  const flaw = parseId('flaw', act.flaw)
  if (flaw === null) return NOT_HERE('flaw', 'flaw')
  switch (act.do) {
    case 'note': {
      const at = parseInstant(act.at)
      if (at === null) return NOT_INSTANT('at')
      if (act.evidence.trim() === '') return denied('request.invalid', 'Say what shows it.', 'act/evidence')
      const { what } = act
      return withText(seen, act.evidence, (digest) => ({
        do: 'note-publicity',
        participant,
        flaw,
        what,
        at,
        evidence: `sha256:${digest}`,
      }))
    }
    case 'step':
      if (act.step === 'fix-ready') return plain({ do: 'fix-ready', participant, flaw })
      return plain({ do: 'tell-deployed', participant, flaw, share: act.share ?? 1 })
    case 'state': {
      const { status, justification } = act
      return withText(seen, act.text, (digest) => ({ do: 'state-status', participant, flaw, status, justification, digest }))
    }
    case 'approve-status':
      return plain({ do: 'approve-status', participant, flaw, number: act.number })
  }
}

function proposeOf(
  seen: SeenCase,
  participant: Id<'participant'>,
  act: Extract<PlainAct, { do: 'propose' }>,
): Answer<Prepared> {
  const endsAt = act.endsAt === null ? null : parseInstant(act.endsAt)
  if (endsAt === null && act.endsAt !== null) return NOT_INSTANT('endsAt')
  const { inherited } = seen.case.embargo
  const early = inherited !== null && isEarlier(endsAt, inherited)
  const why = act.why.trim() === '' ? [] : [act.why.trim().slice(0, 400)]
  const policy = act.policy.trim() || 'agreed/1'
  return withText(seen, early ? act.why : '', (weighing) => ({
    do: 'propose-embargo',
    participant,
    endsAt,
    policy,
    why,
    respondBy: null,
    silence: 'no',
    weighing,
  }))
}

/** The coordinator takes over what somebody claimed, with its evidence and its instant. */
function confirmOf({ case: of }: SeenCase, act: Extract<PlainAct, { do: 'confirm' }>): Answer<Prepared> {
  const claim = of.claims.find(({ flaw, what }) => flaw === act.flaw && what === act.what)
  if (claim === undefined) return NOT_HERE('flaw', 'claim about a flaw')
  if (!act.confirm) return denied('case.refused', 'A claim that is not confirmed stays on record, and nothing follows from it.')
  const { flaw, what, at, evidence } = claim
  return plain({ do: 'note-publicity', participant: of.chair, flaw, what, at, evidence })
}

/** A duty by law, its instant by the rule: `cra/early-warning` and the like. */
function dutyOf(one: Participant, act: Extract<PlainAct, { do: 'legal-duty' }>): Answer<Prepared> {
  const startedAt = parseInstant(act.startedAt)
  if (startedAt === null) return NOT_INSTANT('startedAt')
  const [regime = '', clock = ''] = act.duty.split('/')
  const facts = { participant: one.id, regimes: [regime as LegalRegime], awareAt: startedAt, fixAt: startedAt }
  const found = legalDuties(facts).find(({ deadline }) => deadline?.rule.endsWith(`#${clock}`))
  if (!found?.deadline)
    return denied('request.invalid', 'A duty whose hours are known, for example cra/early-warning.', 'act/duty')
  const { at: dueAt, rule } = found.deadline
  return plain({ do: 'legal-disclosure', participant: one.id, duty: rule, source: found.say.slice(0, 300), dueAt })
}

function plain(command: CaseCommand): Answer<Prepared> {
  return done({ command })
}

/** The command with the digest of what was written, and the words among those of the case; null where nothing was. */
function withText(seen: SeenCase, text: string, make: (digest: string) => CaseCommand): Answer<Prepared>
function withText(seen: SeenCase, text: string, make: (digest: string | null) => CaseCommand): Answer<Prepared>
function withText(seen: SeenCase, text: string, make: (digest: never) => CaseCommand): Answer<Prepared> {
  if (text.trim() === '') return done({ command: make(null as never) })
  const kept = keepText(seen.texts, text)
  if (!kept.ok) return kept
  return done({ command: make(kept.value.digest as never), body: { texts: kept.value.texts } })
}
