import type { Directive } from './directive.ts'

/** The due dates that CISA writes into each entry of its catalogue; nothing is due by it of what is not listed. */
export const KEV_DATES: Directive = {
  id: 'kev-dates',
  version: '1.0.0',
  name: 'Due dates of the KEV catalogue',
  source: 'CISA Known Exploited Vulnerabilities catalogue, field dueDate',
  issued: null,
  appliesFrom: null,
  binds: 'Federal Civilian Executive Branch agencies; others choose to follow it.',
  needsCve: true,
  starts: 'first-event',
  rule: {
    kind: 'assigned',
    listed: { key: 'KEV', name: 'By the date that KEV gives', days: null, otherwise: 'assigned', triage: false, rank: 3 },
    unlisted: { key: 'NOT-LISTED', name: 'Not listed in KEV', days: null, otherwise: 'nothing', triage: false, rank: 0 },
  },
}
