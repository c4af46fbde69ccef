import type { Directive } from '../directives/directive.ts'
import type { Obligation } from './obligation.ts'
import { oblige } from './oblige.ts'
import type { Dated } from './redate.ts'

/** The whole reason of a kept date, computed again: row, inputs, both clocks, triage. `directive` is the one the date names. */
export function explain(
  { facts, choice, dating }: Pick<Dated, 'facts' | 'choice' | 'dating'>,
  directive: Directive,
): Obligation {
  return oblige(directive, facts, choice, dating.since)
}
