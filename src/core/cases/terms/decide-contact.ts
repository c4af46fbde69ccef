import { accept } from '../../kernel/decision.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import { type Contact, sameContact, subjectOf } from './contact.ts'
import type { ContactAsker, ContactCommand, ContactEvent } from './contact-command.ts'
import { no } from './contact-refusal.ts'
import { askProof, type ContactDecision, confirmOwner, showToken, type TokenOf, vouch } from './decide-proof.ts'
import { accountSubject, isProved, type ProjectContact } from './project-contact.ts'
import { CHANGE_WAITS } from './proof.ts'

/** What a command does to a project's contact and its proofs: events, or a refusal. `tokenOf` derives tokens. */
export function decideContact(
  file: ProjectContact,
  command: ContactCommand,
  asker: ContactAsker,
  now: Instant,
  tokenOf: TokenOf,
): ContactDecision {
  switch (command.do) {
    case 'ask-proof':
      return askProof(file, command, asker, now, tokenOf)
    case 'show-token':
      return showToken(file, command, asker, now)
    case 'confirm-owner':
      return confirmOwner(file, command, asker, now)
    case 'vouch':
      return vouch(file, command, asker, now)
    case 'propose-contact':
      return proposeContact(file, command.contact, asker, now)
    case 'stop-change':
      return stopChange(file, asker, now)
    case 'clock':
      return clock(file, asker, now)
  }
}

/** The first contact takes force at once: there is nobody to tell, and unproved it receives nothing sealed. Others wait 72 h. */
function proposeContact(file: ProjectContact, contact: Contact, asker: ContactAsker, now: Instant): ContactDecision {
  if (!maySpeak(file, asker, now)) return no('asker.not-proved')
  if (file.contact === null) return accept({ type: 'contact-set', project: file.project, at: now, contact })
  if (sameContact(file.contact, contact)) return no('change.same')
  if (file.change !== null) return no('change.pending')
  return accept({
    type: 'contact-change-proposed',
    project: file.project,
    at: now,
    to: contact,
    by: nameOf(asker),
    dueAt: instant(now + CHANGE_WAITS),
    tell: file.contact,
  })
}

/** The old one can stop a change even once its proof ran out: that it still reads its mail is the point. Both that wait, where both do. */
function stopChange(file: ProjectContact, asker: ContactAsker, now: Instant): ContactDecision {
  const { change, move } = file
  if (change === null && move === null) return no('change.none')
  const by = nameOf(asker)
  const may = (old: string | null, proposer: string) =>
    asker.as === 'coordinator' || (asker.as === 'contact' && (by === old || by === proposer))
  const told = { project: file.project, at: now, by }
  const events: ContactEvent[] = []
  if (change !== null && may(file.contact === null ? null : subjectOf(file.contact), change.by))
    events.push({ type: 'contact-change-stopped', ...told })
  if (move !== null && may(file.organisation === null ? null : accountSubject(file.organisation), move.by))
    events.push({ type: 'move-stopped', ...told })
  return events.length === 0 ? no('asker.not-old-contact') : accept(...events)
}

function clock(file: ProjectContact, asker: ContactAsker, now: Instant): ContactDecision {
  if (asker.as !== 'weir') return no('asker.not-weir')
  const { change, move } = file
  const happened = { project: file.project, at: now }
  const events: ContactEvent[] = []
  if (change !== null && now >= change.dueAt) events.push({ type: 'contact-changed', ...happened, contact: change.to })
  if (move !== null && now >= move.dueAt)
    events.push(
      isProved(file, accountSubject(move.to), now)
        ? { type: 'organisation-moved', ...happened, organisation: move.to }
        : { type: 'move-stopped', ...happened, by: 'weir' },
    )
  return accept(...events)
}

function maySpeak(file: ProjectContact, asker: ContactAsker, now: Instant): boolean {
  return asker.as === 'coordinator' || (asker.as === 'contact' && isProved(file, asker.subject, now))
}

function nameOf(asker: ContactAsker): string {
  return asker.as === 'coordinator' ? asker.person : asker.as === 'contact' ? asker.subject : 'weir'
}
