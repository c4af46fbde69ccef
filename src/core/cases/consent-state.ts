import { stepBy, type Transition } from './machine.ts'

/** What one participant has said to the embargo. */
export const CONSENT_STATES = ['no-embargo', 'invited', 'signatory', 'lapsed', 'declined'] as const
export type ConsentState = (typeof CONSENT_STATES)[number]
export const CONSENT_MOVES = ['invite', 'accept', 'decline', 'revise', 'reset'] as const
export type ConsentMove = (typeof CONSENT_MOVES)[number]

/** Every legal step. Sources disagree on what a revision does to a signatory; here it lapses, as in the running prototype. */
export const CONSENT_TABLE: readonly Transition<ConsentState, ConsentMove>[] = [
  { from: 'no-embargo', move: 'invite', to: 'invited' },
  { from: 'lapsed', move: 'invite', to: 'invited' },
  { from: 'declined', move: 'invite', to: 'invited' },
  { from: 'no-embargo', move: 'accept', to: 'signatory' },
  { from: 'invited', move: 'accept', to: 'signatory' },
  { from: 'lapsed', move: 'accept', to: 'signatory' },
  { from: 'no-embargo', move: 'decline', to: 'declined' },
  { from: 'invited', move: 'decline', to: 'declined' },
  { from: 'lapsed', move: 'decline', to: 'declined' },
  { from: 'signatory', move: 'revise', to: 'lapsed' },
  ...CONSENT_STATES.map((from) => ({ from, move: 'reset', to: 'no-embargo' }) as const),
]

/** The state after that move, or null where the table has none. */
export function stepConsent(from: ConsentState, move: ConsentMove): ConsentState | null {
  return stepBy(CONSENT_TABLE, from, move)
}
