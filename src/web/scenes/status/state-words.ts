import type { ReceiptStatus } from '../../../contract/shapes/report.ts'

/** Where a finding stands, as a title. */
export const STATE_TITLE: Record<ReceiptStatus['state'], string> = {
  received: 'Received',
  'needs-info': 'It needs more from you',
  'being-looked-at': 'Being looked at',
  'known-already': 'Known already',
  closed: 'Closed',
}

/** The same in a table. */
export const STATE_WORD: Record<ReceiptStatus['state'], string> = {
  received: 'Received',
  'needs-info': 'Needs more',
  'being-looked-at': 'Being looked at',
  'known-already': 'Known already',
  closed: 'Closed',
}
