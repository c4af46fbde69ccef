import type { Directive } from './directive.ts'

/** For those whom no rule binds and who have none of their own: flaws are shown, nothing is due. */
export const NO_DIRECTIVE: Directive = {
  id: 'none',
  version: '1.0.0',
  name: 'No rule',
  source: 'The organisation goes by no rule.',
  issued: null,
  appliesFrom: null,
  binds: 'Nobody.',
  needsCve: false,
  starts: 'first-event',
  rule: { kind: 'none', tier: { key: 'NONE', name: 'No date', days: null, otherwise: 'nothing', triage: false, rank: 0 } },
}
