import { accept, type Decision } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Advisory } from './advisory.ts'
import type { AdvisoryAsker, AdvisoryCommand } from './advisory-command.ts'
import type { AdvisoryEvent } from './advisory-event.ts'
import { type AdvisoryRefusal, no } from './advisory-refusal.ts'
import { isReadable } from './completeness.ts'
import type { AdvisoryContent } from './content.ts'
import { isSameContent } from './same-content.ts'
import { contentProblem, isSentence } from './written.ts'

export type AdvisoryDecision = Decision<AdvisoryEvent, AdvisoryRefusal>

const REVISIONS_MAX = 500

export interface AdvisoryDrafted {
  readonly advisory: Id<'advisory'>
  readonly case: Id<'case'> | null
  readonly content: AdvisoryContent
}

/** A person begins an advisory; what they send is refused whole where one field is not of its form. */
export function draftAdvisory(
  { advisory, content, ...from }: AdvisoryDrafted,
  asker: AdvisoryAsker,
  now: Instant,
): AdvisoryDecision {
  if (asker.kind !== 'person') return no('advisory.not-person')
  if (contentProblem(content) !== null) return no('advisory.malformed')
  return accept({ type: 'advisory-drafted' as const, advisory, at: now, by: asker.person, case: from.case, content })
}

/**
 * What a command does to an advisory at `now`, for a release the earlier of the clocks that the caller knows. Nothing is ever
 * struck out: a correction adds a revision, a withdrawal leaves all of them listed with its reason.
 */
export function decideAdvisory(
  advisory: Advisory,
  command: AdvisoryCommand,
  asker: AdvisoryAsker,
  now: Instant,
): AdvisoryDecision {
  if (command.do === 'publish') return publish(advisory, command, asker, now)
  if (asker.kind !== 'person') return no('advisory.not-person')
  const stamp = { advisory: advisory.id, at: now, by: asker.person }
  const isOut = advisory.state === 'published' || advisory.state === 'corrected'
  const isIn = advisory.state === 'draft' || advisory.state === 'ready'
  switch (command.do) {
    case 'edit':
      if (!isIn) return no('advisory.wrong-state')
      if (contentProblem(command.content) !== null) return no('advisory.malformed')
      return accept({ type: 'advisory-edited' as const, ...stamp, content: command.content })
    case 'ready':
      if (advisory.state !== 'draft' || advisory.draft === null) return no('advisory.wrong-state')
      return isReadable(advisory.draft) ? accept({ type: 'advisory-readied' as const, ...stamp }) : no('advisory.incomplete')
    case 'plan-release':
      if (!isIn) return no('advisory.wrong-state')
      if (command.release !== null && !Number.isSafeInteger(command.release)) return no('advisory.malformed')
      return accept({ type: 'advisory-release-planned' as const, ...stamp, release: command.release })
    case 'correct':
      return isOut ? correct(advisory, command, stamp) : no('advisory.wrong-state')
    case 'withdraw':
      if (!isOut) return no('advisory.wrong-state')
      if (!isSentence(command.reason)) return no('advisory.reason-needed')
      if (isBehind(advisory, now)) return no('advisory.clock-behind')
      return accept({
        type: 'advisory-withdrawn' as const,
        ...stamp,
        reason: command.reason,
        rejectsCves: command.rejectsCves === true,
      })
  }
}

type CommandOf<Name extends AdvisoryCommand['do']> = Extract<AdvisoryCommand, { do: Name }>

function publish(advisory: Advisory, { permit }: CommandOf<'publish'>, asker: AdvisoryAsker, now: Instant): AdvisoryDecision {
  const { draft, release } = advisory
  if (advisory.state !== 'ready' || draft === null) return no('advisory.wrong-state')
  if (draft.distribution.tlp !== 'CLEAR') return no('advisory.not-clear')
  if (now < permit.from) return no('advisory.not-permitted')
  // Alone the program publishes only what a person has given an instant.
  if (release === null ? asker.kind === 'machine' : now < release) return no('advisory.too-early')
  const by = asker.kind === 'person' ? asker.person : null
  return accept({ type: 'advisory-published' as const, advisory: advisory.id, at: now, by, why: permit.why })
}

function correct(
  advisory: Advisory,
  { content, what }: CommandOf<'correct'>,
  stamp: { advisory: Id<'advisory'>; at: Instant; by: Id<'person'> },
): AdvisoryDecision {
  if (!isSentence(what)) return no('advisory.reason-needed')
  if (contentProblem(content) !== null) return no('advisory.malformed')
  if (!isReadable(content)) return no('advisory.incomplete')
  if (content.distribution.tlp !== 'CLEAR') return no('advisory.not-clear')
  const newest = advisory.revisions.at(-1)
  if (newest !== undefined && isSameContent(newest.content, content)) return no('advisory.unchanged')
  if (isBehind(advisory, stamp.at)) return no('advisory.clock-behind')
  if (advisory.revisions.length >= REVISIONS_MAX) return no('advisory.full')
  return accept({ type: 'advisory-corrected' as const, ...stamp, content, what })
}

// Readers order revisions by their instant, so each must lie after the one before.
function isBehind(advisory: Advisory, now: Instant): boolean {
  const newest = advisory.revisions.at(-1)
  return newest !== undefined && now <= newest.at
}
