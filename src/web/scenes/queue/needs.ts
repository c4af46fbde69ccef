import type { FlawNeed } from '../../../contract/shapes/flaw.ts'

export const NEEDS_ORDER: readonly FlawNeed[] = ['decide', 'target', 'triage', 'nothing']

/** What a flaw needs, as the head of its group. */
export const NEED_WORD: Record<FlawNeed, string> = {
  decide: 'Decide',
  target: 'Say what it is in',
  triage: 'Judge',
  nothing: 'Nothing now',
}
