import type { ToldEvent } from '../cases/store-case.ts'

/** What a notice says of an event: that something changed and where to look, and nothing of the case. */
const EVENTS: Readonly<Record<ToldEvent['type'], string>> = {
  'case-opened': 'A case was opened.',
  'participant-invited': 'Somebody was invited to a case.',
  'invitation-renewed': 'An invitation to a case was renewed.',
  'invitation-accepted': 'An invitation to a case was accepted.',
  'invitation-declined': 'An invitation to a case was declined, or not answered in time.',
  'participant-left': 'Somebody left a case.',
  'participation-hidden': 'A participant of a case shows, or hides, who it is.',
  'report-judged': 'A report in a case was judged.',
  'report-sent': 'Something was sent into a case.',
  'fix-readied': 'A fix is ready.',
  'deployment-told': 'A fix is deployed further.',
  'status-stated': 'A status was stated and waits for a second person.',
  'status-approved': 'A status stands.',
  'flaw-added': 'A flaw was added to a case.',
  'cve-set': 'A flaw of a case has a CVE id, or lost it.',
  'publicity-claimed': 'Somebody says that something is public or attacked.',
  'publicity-noted': 'Something is public, or attacked.',
  'embargo-proposed': 'An end of secrecy is proposed. Answer it in the case.',
  'embargo-answered': 'A proposal for the end of secrecy was answered.',
  'proposal-rejected': 'A proposal for the end of secrecy fell.',
  'embargo-accepted': 'Terms of secrecy hold.',
  'embargo-revised': 'The terms of secrecy changed.',
  'embargo-ended': 'Secrecy ended. Nothing is published by that alone.',
  'duty-recorded': 'A duty by law was recorded.',
  'publishing-agreed': 'Somebody agreed to publish, or took that back.',
  'flaws-taken': 'Flaws of another case came into a case.',
  'flaws-handed-over': 'Flaws of a case went to another one.',
  'kin-to-tell': 'Cases of the same family were told.',
  'kin-heard': 'A case of the same family changed.',
  'case-closed': 'A case was closed.',
  'severity-judged': 'A severity was judged.',
}

const LETTERS = new Map([
  ['mail-reply', 'An answer came by mail.'],
  ['mail-auto', 'A machine answered by mail.'],
  ['mail-bounce', 'A mail server reported about a letter.'],
  ['letter-bounced', 'A letter came back.'],
  ['link-accept', 'A contact accepted by a link.'],
  ['link-dispute', 'A contact disputes by a link.'],
  ['link-ask', 'A contact asks something by a link.'],
  ['link-pause', 'A contact paused by a link.'],
  ['link-unsubscribe', 'A contact wants no more reports.'],
  [
    'maintainer-change',
    'Another organisation proved to maintain a project of yours and takes its place in 72 hours. Stop that if it is wrong.',
  ],
  ['contact-answered', 'The present contact of a project answered about a change of contact. Look before it takes effect.'],
])

/** The sentence of a notice's closed word. */
export function noticeWords(kind: string): string {
  if (kind.startsWith('ladder-')) return 'A step of the contact ladder is due: a draft is in the case.'
  return LETTERS.get(kind) ?? (Object.hasOwn(EVENTS, kind) ? EVENTS[kind as ToldEvent['type']] : 'Something changed.')
}
