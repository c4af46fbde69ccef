import { stepBy, type Transition } from './machine.ts'

/** Report management, one per participant: S R I V D A C of the coordination protocol, as words. */
export const REPORT_STATES = ['start', 'received', 'invalid', 'valid', 'deferred', 'accepted', 'closed'] as const
export type ReportState = (typeof REPORT_STATES)[number]
export const REPORT_MOVES = ['receive', 'validate', 'invalidate', 'accept', 'defer', 'close'] as const
export type ReportMove = (typeof REPORT_MOVES)[number]

/** Every legal step. Nobody closes straight from `valid`, and `invalid` comes from `received` alone. */
export const REPORT_TABLE: readonly Transition<ReportState, ReportMove>[] = [
  { from: 'start', move: 'receive', to: 'received' },
  { from: 'received', move: 'validate', to: 'valid' },
  { from: 'received', move: 'invalidate', to: 'invalid' },
  { from: 'invalid', move: 'validate', to: 'valid' },
  { from: 'invalid', move: 'close', to: 'closed' },
  { from: 'valid', move: 'accept', to: 'accepted' },
  { from: 'valid', move: 'defer', to: 'deferred' },
  { from: 'accepted', move: 'defer', to: 'deferred' },
  { from: 'accepted', move: 'close', to: 'closed' },
  { from: 'deferred', move: 'accept', to: 'accepted' },
  { from: 'deferred', move: 'close', to: 'closed' },
]

/** The state after that move, or null where the table has none. */
export function stepReport(from: ReportState, move: ReportMove): ReportState | null {
  return stepBy(REPORT_TABLE, from, move)
}

/** Whether the participant has prioritised the report: accepted, deferred or closed. */
export function isPrioritised(state: ReportState): boolean {
  return state === 'accepted' || state === 'deferred' || state === 'closed'
}
