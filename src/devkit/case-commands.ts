import type { Case } from '../core/cases/case.ts'
import type { CaseCommand, CaseCommandName } from '../core/cases/case-command.ts'
import { termsAsked } from '../core/cases/roster.ts'
import type { Id } from '../core/kernel/id.ts'
import type { Instant } from '../core/kernel/instant.ts'
import { cas, flw, ptp, sha } from './case-play.ts'

/** Names of the participants that random walks know; the first letter says the kind. */
export const WALKERS = ['finder', 'finder2', 'vendor', 'vendor2', 'maintainer', 'distributor', 'operator', 'observer'] as const
export const WALK_FLAWS = ['one', 'two', 'three', 'public'] as const

/** What a walk chooses freely of a command. */
export interface Choice {
  readonly who: string
  /** Any number; each field takes its own part of it. */
  readonly pick: number
  readonly when: Instant
}

/** One command of every name but `merge-in`, with fields that often fit the case. */
export function caseCommands(
  of: Case,
  { who, pick, when }: Choice,
): Readonly<Record<Exclude<CaseCommandName, 'merge-in'>, CaseCommand>> {
  const participant: Id<'participant'> = who === 'chair' ? of.chair : ptp(who)
  const of_ = <T>(all: readonly T[]): T => all[pick % all.length]!
  const flaw = flw(of_(WALK_FLAWS))
  const flaws = pick % 3 === 0 ? ('all' as const) : [flaw]
  const other = of_(WALKERS)
  const kind = other.replace(/\d/, '') as 'finder'
  const respondBy = pick % 2 === 0 ? null : when
  const endsAt = pick % 7 === 0 ? null : when
  const offer = { endsAt, policy: 'sample-90/1', why: ['Because of the sample.'] }
  const proposal = of.embargo.open[pick % Math.max(1, of.embargo.open.length)]?.number ?? 1
  const digest = sha('d')
  const work = { participant, flaw }
  const status = of_(['affected', 'not-affected', 'fixed'] as const)
  const justification = status === 'not-affected' ? ('component_not_present' as const) : null
  const org = `org_${other}` as Id<'organisation'>
  const invited = { participant: ptp(other), organisation: org, kind, tier: 0 as const, flaws, inviter: participant }
  return {
    invite: { do: 'invite', ...invited, respondBy, showsProduct: false },
    'invite-again': { do: 'invite-again', participant: ptp(other), respondBy },
    widen: { do: 'widen', participant: ptp(other), flaws, respondBy },
    'accept-invitation': { do: 'accept-invitation', participant, terms: termsAsked(of) },
    'decline-invitation': { do: 'decline-invitation', participant },
    leave: { do: 'leave', participant },
    remove: { do: 'remove', participant: ptp(other), reason: digest },
    hide: { do: 'hide', participant, hidden: pick % 2 === 0 },
    'judge-report': {
      do: 'judge-report',
      participant,
      move: of_(['validate', 'accept', 'accept', 'defer', 'invalidate', 'close'] as const),
      reason: null,
    },
    'send-report': { do: 'send-report', ...work, digest },
    'fix-ready': { do: 'fix-ready', ...work },
    'tell-deployed': { do: 'tell-deployed', ...work, share: (pick % 11) / 10 },
    'state-status': { do: 'state-status', ...work, status, justification, digest },
    'approve-status': { do: 'approve-status', ...work, number: 1 + (pick % 2) },
    'add-flaw': { do: 'add-flaw', flaw, cve: null },
    'set-cve': { do: 'set-cve', flaw, cve: 'CVE-2026-12345' },
    'note-publicity': {
      do: 'note-publicity',
      ...work,
      what: of_(['public', 'exploit', 'attacks'] as const),
      at: when,
      evidence: 'evd_one',
    },
    'propose-embargo': {
      do: 'propose-embargo',
      participant,
      respondBy,
      silence: pick % 2 === 0 ? 'no' : 'lapse',
      weighing: null,
      ...offer,
    },
    'answer-embargo': { do: 'answer-embargo', participant, proposal, answer: pick % 4 === 0 ? 'decline' : 'accept' },
    'withdraw-proposal': { do: 'withdraw-proposal', participant, proposal },
    'apply-default': { do: 'apply-default', receiver: ptp(other), ...offer },
    'end-embargo': { do: 'end-embargo', why: of_(['adversary-knows', 'fixes-ready', 'all-agreed'] as const), reason: digest },
    'legal-disclosure': { do: 'legal-disclosure', participant, duty: 'eu-cra-art-14/24h', source: 'Art. 14', dueAt: when },
    'agree-to-publish': { do: 'agree-to-publish', participant, agree: pick % 3 !== 0 },
    'hand-over': { do: 'hand-over', to: cas('two'), flaws: [flaw], as: 'split' },
    'hear-of-kin': { do: 'hear-of-kin', kin: cas('two'), embargo: 'active', endsAt, born: 'sibling' },
    'close-case': { do: 'close-case' },
    clock: { do: 'clock' },
  }
}
