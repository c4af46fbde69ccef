import { stepBy, type Transition } from './machine.ts'

/** Embargo management, one per case: N P A R X of the coordination protocol, as words. */
export const EMBARGO_STATES = ['none', 'proposed', 'active', 'revise', 'exited'] as const
export type EmbargoState = (typeof EMBARGO_STATES)[number]
export const EMBARGO_MOVES = ['propose', 'reject', 'accept', 'terminate'] as const
export type EmbargoMove = (typeof EMBARGO_MOVES)[number]

/** Every legal step. `exited` has none: a new embargo is a new case. The state does not say which terms hold. */
export const EMBARGO_TABLE: readonly Transition<EmbargoState, EmbargoMove>[] = [
  { from: 'none', move: 'propose', to: 'proposed' },
  { from: 'proposed', move: 'propose', to: 'proposed' },
  { from: 'proposed', move: 'reject', to: 'none' },
  { from: 'proposed', move: 'accept', to: 'active' },
  { from: 'active', move: 'propose', to: 'revise' },
  { from: 'active', move: 'terminate', to: 'exited' },
  { from: 'revise', move: 'propose', to: 'revise' },
  { from: 'revise', move: 'accept', to: 'active' },
  { from: 'revise', move: 'reject', to: 'active' },
  { from: 'revise', move: 'terminate', to: 'exited' },
]

/** The state after that move, or null where the table has none. */
export function stepEmbargo(from: EmbargoState, move: EmbargoMove): EmbargoState | null {
  return stepBy(EMBARGO_TABLE, from, move)
}

/** Whether an embargo binds: a proposal alone does not, and during revision the old terms do. */
export function isBinding(state: EmbargoState): boolean {
  return state === 'active' || state === 'revise'
}
