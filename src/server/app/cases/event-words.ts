import type { TimelineLine } from '../../../contract/shapes/case.ts'
import type { EndReason } from '../../../core/cases/case.ts'
import { utcText } from '../../../core/cases/embargo-policy/why-sentence.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { ToldEvent } from './store-case.ts'

export interface EventLine {
  readonly kind: TimelineLine['kind']
  readonly says: string
  /** Whom it is about or from, beside who did it; null: nobody in particular. */
  readonly participant: string | null
  /** Flaws that one must read to be told; empty: all who read the case are. */
  readonly flaws: readonly string[]
  /** For the coordinator, and for that participant, alone. */
  readonly confidential: boolean
}

const ENDED: Readonly<Record<EndReason, string>> = {
  end: 'its end has come',
  public: 'it is public',
  exploit: 'an exploit is public',
  attacks: 'attacks are seen',
  'adversary-knows': 'adversaries know of it',
  'fixes-ready': 'most fixes are ready',
  'all-agreed': 'all agreed to publish',
  'carried-over': 'it goes on in another case',
}

const JUDGED = {
  receive: 'received the report',
  validate: 'finds the report valid',
  invalidate: 'disputes the report',
  accept: 'accepted the report',
  defer: 'deferred the report',
  close: 'closed the report',
} as const

const WHAT = { public: 'is public', exploit: 'has a public exploit', attacks: 'is attacked' } as const
const REJECTED = {
  declined: 'was declined',
  silence: 'got no answer in time',
  withdrawn: 'was taken back',
  publicity: 'fell, for something became public',
  closed: 'fell, for the case closed',
} as const

/** One event of a case in a sentence; `called` names a participant for this viewer. No text of anybody is in it. */
export function lineOf(event: ToldEvent, called: (id: string) => string): EventLine {
  const line = (kind: EventLine['kind'], says: string, more: Partial<EventLine> = {}): EventLine => {
    return { kind, says, participant: null, flaws: [], confidential: false, ...more }
  }
  const party = (participant: string, says: string, more: Partial<EventLine> = {}): EventLine => {
    return line('party', `${called(participant)} ${says}.`, { participant, ...more })
  }
  switch (event.type) {
    case 'case-opened':
      return line('flaw', event.parent === null ? 'The case was opened.' : 'The case was split off from another one.')
    case 'participant-invited':
      return party(event.invited.id, `was invited as ${event.invited.kind}`)
    case 'invitation-renewed':
      return party(event.participant, 'was asked again')
    case 'invitation-accepted':
      return party(event.participant, 'agreed and reads the case')
    case 'invitation-declined':
      return party(event.participant, event.silent ? 'did not answer in time' : 'declined the invitation')
    case 'participant-left':
      return party(event.participant, event.removed ? 'was taken out of the case' : 'left the case')
    case 'participation-hidden':
      return party(event.participant, event.hidden ? 'hides its participation' : 'shows its participation', {
        confidential: true,
      })
    case 'report-judged':
      return party(event.participant, JUDGED[event.move])
    case 'report-sent':
      return party(event.participant, 'sent a report', { flaws: [event.flaw] })
    case 'fix-readied':
      return party(event.participant, 'has a fix', { flaws: [event.flaw] })
    case 'deployment-told':
      return party(event.participant, `tells that the fix runs on ${Math.round(event.share * 100)} % of what runs`, {
        flaws: [event.flaw],
      })
    case 'status-stated':
      return party(event.participant, `stated: ${event.stated.status}`, { flaws: [event.flaw], confidential: true })
    case 'status-approved':
      return party(event.participant, 'gave its status', { flaws: [event.flaw] })
    case 'severity-judged':
      return party(event.participant, 'judged the severity', { flaws: [event.flaw] })
    case 'flaw-added':
      return line('flaw', 'A flaw was added.', { flaws: [event.flaw.flaw] })
    case 'cve-set':
      return line('flaw', event.cve === null ? 'The CVE id was taken away.' : `The flaw has the id ${event.cve}.`, {
        flaws: [event.flaw],
      })
    case 'publicity-claimed':
      return line('flaw', `${called(event.participant)} says that a flaw ${WHAT[event.what]}.`, {
        participant: event.participant,
        flaws: [event.flaw],
        confidential: true,
      })
    case 'publicity-noted':
      return line('flaw', `A flaw ${WHAT[event.what]}, since ${utcText(event.happened)}.`, { flaws: [event.flaw] })
    case 'embargo-proposed': {
      const { proposedBy, endsAt } = event.proposal
      return line('embargo', `${called(proposedBy)} proposes ${endText(endsAt)}.`, { participant: proposedBy })
    }
    case 'embargo-answered':
      return line('embargo', `${called(event.participant)} ${event.answer === 'accept' ? 'agrees' : 'does not agree'}.`, {
        participant: event.participant,
      })
    case 'proposal-rejected':
      return line('embargo', `A proposal ${REJECTED[event.why]}.`)
    case 'embargo-accepted':
      return line('embargo', `The embargo holds, ${endText(event.terms.endsAt)}.`)
    case 'embargo-revised':
      return line('embargo', `The embargo has new terms, ${endText(event.terms.endsAt)}.`)
    case 'embargo-ended':
      return line('embargo', `The embargo ended: ${ENDED[event.why]}.`)
    case 'duty-recorded':
      return party(event.duty.participant, `has a duty by law, due ${utcText(event.duty.dueAt)}`)
    case 'publishing-agreed':
      return party(event.participant, event.agree ? 'agrees to publish' : 'no longer agrees to publish')
    case 'flaws-taken':
      return line('flaw', 'Flaws of another case were taken in.')
    case 'flaws-handed-over':
      return line('flaw', event.as === 'merge' ? 'The case goes on in another one.' : 'Flaws went into a case of their own.')
    case 'kin-to-tell':
      return line('clock', 'Cases of the same family were told.', { confidential: true })
    case 'kin-heard':
      return line('embargo', 'The embargo of a case of the same family changed.')
    case 'case-closed':
      return line('flaw', 'The case was closed.')
  }
}

function endText(endsAt: Instant | null): string {
  return endsAt === null ? 'without a set end' : `until ${utcText(endsAt)}`
}
