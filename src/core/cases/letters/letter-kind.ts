/** Every letter the clearinghouse writes, by what it is for. */
export const LETTER_KINDS = [
  'first-report',
  'emergency',
  'reminder',
  'other-contact',
  'needs-info',
  'invitation',
  'embargo-proposed',
  'embargo-changed',
  'embargo-ended',
  'patch-offer',
  'finder-status',
  'contact-change',
  'advisory-draft',
  'publication',
] as const

export type LetterKind = (typeof LETTER_KINDS)[number]

/** What a one-time link does once its page was confirmed. */
export const LINK_ACTIONS = ['accept', 'dispute', 'ask', 'pause', 'unsubscribe'] as const

export type LinkAction = (typeof LINK_ACTIONS)[number]

/** What stands before each link; nothing else in a letter may begin a line so. */
export const LINK_LABEL: Readonly<Record<LinkAction, string>> = {
  accept: 'Accept',
  dispute: 'Dispute',
  ask: 'Ask',
  pause: 'Pause',
  unsubscribe: 'Unsubscribe',
}
