import { accept } from '../../kernel/decision.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import { type Contact, sameContact, subjectOf } from './contact.ts'
import type { ContactAsker, ContactCommand } from './contact-command.ts'
import { no } from './contact-refusal.ts'
import { askProof, type ContactDecision, confirmOwner, showToken, type TokenOf, vouch } from './decide-proof.ts'
import { isProved, type ProjectContact } from './project-contact.ts'
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

/** The old contact can stop a change even once its proof ran out: that it still reads its mail is the point. */
function stopChange(file: ProjectContact, asker: ContactAsker, now: Instant): ContactDecision {
  if (file.change === null) return no('change.none')
  const old = asker.as === 'contact' && file.contact !== null && asker.subject === subjectOf(file.contact)
  const own = nameOf(asker) === file.change.by && asker.as !== 'weir'
  if (!old && !own && asker.as !== 'coordinator') return no('asker.not-old-contact')
  return accept({ type: 'contact-change-stopped', project: file.project, at: now, by: nameOf(asker) })
}

function clock(file: ProjectContact, asker: ContactAsker, now: Instant): ContactDecision {
  if (asker.as !== 'weir') return no('asker.not-weir')
  if (file.change === null || now < file.change.dueAt) return accept()
  return accept({ type: 'contact-changed', project: file.project, at: now, contact: file.change.to })
}

function maySpeak(file: ProjectContact, asker: ContactAsker, now: Instant): boolean {
  return asker.as === 'coordinator' || (asker.as === 'contact' && isProved(file, asker.subject, now))
}

function nameOf(asker: ContactAsker): string {
  return asker.as === 'coordinator' ? asker.person : asker.as === 'contact' ? asker.subject : 'weir'
}
